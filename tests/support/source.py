"""The text of our own files, and what in them breaks a rule."""

import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("samverkan", "parties", "priorities", "activities")
# Made by a tool or by somebody else.
NOT_OURS = re.compile(r"^static/vendor/|/migrations/|^requirements[\w-]*\.txt$|^fixtures/")


@cache
def files(*endings: str, all_of_them: bool = False) -> dict[str, str]:
    """The text of what is, or is about to be, in the repository, by path; our own unless all are wanted."""
    listing = [
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    names = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    found = {}
    for name in sorted(set(filter(None, names))):
        path = ROOT / name
        if name.endswith(endings or "") and path.is_file() and (all_of_them or not NOT_OURS.search(name)):
            found[name] = path.read_bytes().decode("utf-8", errors="replace")
    return found


def offenders(rule, *endings: str, within: str = "", **options) -> dict[str, list[str]]:
    """What breaks the rule in our files of that kind, by path; within paths that the pattern finds."""
    found = {
        name: rule(text, **options)
        for name, text in files(*endings).items()
        if re.search(within, name) and text
    }
    return {name: broken for name, broken in found.items() if broken}
