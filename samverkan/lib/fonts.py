"""Which characters has no font of this machine? A PDF shows a question mark in their place."""

import logging
import subprocess
import unicodedata
from functools import cache

logger = logging.getLogger(__name__)

COMMAND = ["fc-list", "--format", "%{charset}\n"]
SECONDS = 10
LATIN = 0x250  # our own fonts have what is below
# Neither letters nor signs: they join, colour or turn their neighbours, or are empty.
UNDRAWN = {"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"}
VARIANTS = range(0xFE00, 0xFE10)


def without_font(text: str) -> list[str]:
    """The text's characters that no font has, each once, the first first.

    Empty too when the machine cannot say which it has; the log then has the reason. Lists the fonts once in a process.
    """
    rare = dict.fromkeys(each for each in text if _is_drawn(each))
    return [each for each in rare if not _has_font(ord(each))] if rare else []


def _is_drawn(character: str) -> bool:
    code = ord(character)
    return code >= LATIN and code not in VARIANTS and unicodedata.category(character) not in UNDRAWN


def _has_font(code: int) -> bool:
    there = _ranges()
    return not there or any(code in one for one in there)


@cache
def _ranges() -> frozenset[range]:
    """The codes that at least one font has; empty when they cannot be listed."""
    try:
        listed = subprocess.run(COMMAND, check=True, capture_output=True, text=True, timeout=SECONDS)  # noqa: S603 - our own command
    except (OSError, subprocess.SubprocessError):
        logger.exception("The fonts could not be listed: is Debian's package fontconfig installed?")
        return frozenset()
    return frozenset(map(_range, listed.stdout.split()))


def _range(written: str) -> range:
    """`a0-17f` or `2c7`, as fontconfig writes them."""
    first, _, last = written.partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)
