"""The text that the guard reads: digits, dashes and spaces of every script made plain, invisible characters removed."""

import re
import unicodedata

from samverkan.lib.texts import BLANKS

# Read as dashes besides those of Unicode's category: plus (over a hundred years old), soft hyphen, minus,
# modifier minus, hyphen bullet, heavy minus, box drawings, the long vowel mark of Japanese.
_DASHES = frozenset("+\u00ad\u02d7\u2043\u2212\u23af\u2500\u2501\u2796\u30fc")
_UNUSUAL = re.compile("[^ !-*,-~\xa1-\xac\xae-\u02c1]")
_UNSEEN = {"Cc", "Cf", "Cn", "Cs", "Me", "Mn"}


def _plain(character: str) -> str:
    """A digit of any script as 0–9, any dash as `-`, any space as a space, an invisible character as nothing."""
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(character)
    if category == "Pd" or character in _DASHES:
        return "-"
    if character.isspace() or character in BLANKS:
        return " "
    return "" if category in _UNSEEN else character


def folded(text: str) -> str:
    """The text with plain digits, and single dashes and spaces instead of several."""
    known = _UNUSUAL.sub(lambda found: _plain(found[0]), unicodedata.normalize("NFKC", text))
    return re.sub("-+", "-", re.sub(r"\s+", " ", known))


def folded_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and for each of its characters the place in `text` that it came from."""
    plain, places = "", []
    for place, character in enumerate(text):
        for each in unicodedata.normalize("NFKC", character):
            for kept in _plain(each) if _UNUSUAL.match(each) else each:
                if not (kept in " -" and plain.endswith(kept)):
                    plain += kept
                    places.append(place)
    return plain, places
