"""Which characters of a text are kept? In a pasted one the visible, in a sentence of ours no second full stop."""

import re
import unicodedata

# They look like a space but are letters or symbols to Unicode: Hangul fillers and the empty Braille pattern.
BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")

MASKED = "Texten är maskerad."  # stands in place of a text that an administrator has masked

_NUL = "\x00"  # kept, so that the field refuses it: it replaced a character that is lost
_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BREAKS_AND_BLANKS = re.compile(r"\s*[\n\t]\s*")
_UNUSUAL = re.compile("[^\n\t\x20-\x7e\xa0-\xac\xae-\u02ff]")
# Format characters to keep: the soft hyphen, joiners, the signs before Arabic numbers and the tags of flags.
_FORMATS = re.compile("[\u00ad\u0600-\u0605\u06dd\u070f\u08e2\u200c\u200d\U000e0020-\U000e007f]")
_NEW_PICTURES = re.compile("[\U0001f000-\U0001fbff]")  # emoji that this Python does not know yet

_JOINERS = "[\u200c\u200d]"
_JOINED = "[^\x00-\u02ff\u2000-\u206f\u3000]"  # emoji, Arabic, Indic: not Latin, and no space
_SELECTORS = "[\u034f\ufe00-\ufe0f\U000e0100-\U000e01ef]"
_TAGS = "[\U000e0020-\U000e007f]"
_STRAY = re.compile(
    rf"(\U0001f3f4{_TAGS}+)|{_TAGS}|(?<!\S){_SELECTORS}+|(?<!{_JOINED}){_JOINERS}|{_JOINERS}(?!{_JOINED})"
)


def _is_text(character: str) -> bool:
    match unicodedata.category(character):
        case "Cc":
            return character == _NUL
        case "Cf":
            return bool(_FORMATS.match(character))
        case "Cn":
            return bool(_NEW_PICTURES.match(character))
        case category:
            return category != "Cs"


def _is_seen(character: str) -> bool:
    category = unicodedata.category(character)
    return character == _NUL or not (category[0] in "ZM" or category in {"Cc", "Cf"} or character in BLANKS)


def unstopped(text: str) -> str:
    """The text without the full stop at its end, for a sentence that goes on after it or has its own."""
    return text.rstrip().removesuffix(".")


def readable(text: str) -> str:
    """The text with one kind of line break, composed letters and no invisible characters; empty when no visible one is left.

    Keeps the joiners and selectors of combined emoji and of scripts that join letters.
    """
    lines = _LINE_BREAKS.sub("\n", text)
    known = _UNUSUAL.sub(lambda found: found[0] if _is_text(found[0]) else "", lines)
    clean = unicodedata.normalize("NFC", _STRAY.sub(r"\1", known))
    return clean if any(map(_is_seen, clean)) else ""


def in_one_line(text: str) -> str:
    """The readable text with each line break, and the blanks around it, as one space: a name stands in subjects and lists."""
    return _BREAKS_AND_BLANKS.sub(" ", readable(text).strip())


def shortened(text: object, longest: int = 100) -> str:
    """What a message repeats of something that somebody sent, however long it is."""
    whole = str(text)
    return whole if len(whole) <= longest else f"{whole[:longest]}…"
