"""How are numbers written and read in Swedish?"""

import re
import unicodedata
from decimal import Decimal

from samverkan.lib.texts import shortened

_SWEDISH = str.maketrans({",": "\u00a0", ".": ",", "-": "\u2212"})
_BLANKS = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_MINUS = "[-\u2010-\u2014\u2212\ufe63\uff0d]"
_NUMBER = re.compile(rf"(?P<minus>{_MINUS}?) ?(?P<body>\d(?:[\d.,]| (?=\d))*)(?P<rest>.*)")
_THOUSANDS = re.compile(r"(?!0)\d{1,3}([ .])\d{3}(?:\1\d{3})*")  # with spaces or points between them
_WITH_COMMA = re.compile(r"(?P<whole>[\d .]+),(?P<part>\d+)")
_WITH_POINT = re.compile(r"(?P<whole>[\d ]+)\.(?P<part>\d+)")
_TWO_WAYS = re.compile(r"(?!0)\d{1,3}\.\d{3}")
_RANGE = re.compile(rf" ?(?:{_MINUS}|till|\u2026|\.\.+) ?\d.*")
_ABOUT = re.compile(
    r"(?:ca|cirka|circa|c:a|c|ungefär|ungefärligen|runt|omkring|drygt|knappt|nästan|minst|högst|över|under|"
    r"mer än|mindre än|fler än|färre än|[~\u2248<>\u2264\u2265\u00b1])\.? ?\d.*"
)
_FRACTION = re.compile("[\u00bc-\u00be\u2150-\u215e\u2189\u2044]|\\d ?/ ?\\d")
_POWER = re.compile(r"e ?[-+\u2212]?\d+|[x*\u00d7] ?10.*")
_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
_LETTERS = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_LONGEST = 200  # characters; a longer text holds no number that fits
MOST_DIGITS = 9  # before the decimals, with leading zeros: ten could be an identity number

YES_OR_NO = "ja/nej"  # the unit of a measure whose value is 1 or 0
_ANSWERS = {"ja": Decimal(1), "1": Decimal(1), "nej": Decimal(0), "0": Decimal(0)}
_WORDS = ("noll", "en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
# The ways to write a unit, by the shortest of them. Thousands of kronor are another unit than kronor.
_UNITS = {
    "kr": {"kr", "krona", "kronor", "sek", ":-", ",-"},
    "tkr": {"tkr", "kkr", "ksek"},
    "mkr": {"mkr", "mnkr", "msek"},
    "%": {"%", "procent"},
    "st": {"st", "styck", "stycken", "antal"},
}
_OF_KR = {
    "tkr": {"tusen", "tusental", "tusentals"},
    "mkr": {"miljon", "miljoner", "miljontal", "miljontals", "milj", "mn"},
}
_KR = "(?:kr|krona|kronor|sek)\\b"
_MANY_KR = re.compile(rf"(?P<many>[a-zåäö]+)\.? \(?{_KR}.*|{_KR}(?: i|,)? \(?(?P<after>[a-zåäö]+)\.?\)?")
_MANY = {"tusen", "miljon", "miljoner", "milj", "mn", "miljard", "miljarder", "dussin"}

UNREADABLE = "Skriv ett tal, till exempel 12,5."
TOO_LARGE = "Talet är för stort."
TWO_READINGS = "Menar du {} eller {}?"
_ABOUT_ONE = "Skriv ett bestämt tal, till exempel 50. Är det ungefärligt kan du beskriva det i texten."
_ONE_OF_TWO = "Skriv ett enda tal, till exempel 12,5. Är det ett spann kan du beskriva det i texten."
_NO_POWER = "Skriv talet med alla siffror, till exempel 100\u00a0000."
_NO_FRACTION = "Skriv talet med komma i stället för bråk, till exempel 0,5."
_WITH_DIGITS = "Skriv hela talet med siffror, till exempel 12\u00a0000."
_GROUPS = "Skriv mellanslag mellan tusental och komma före decimaler, till exempel 1\u00a0200,5."
_ONLY_NUMBER = "Skriv bara talet, utan ord efter det."


class UnreadableNumber(ValueError):
    """The message is a sentence in Swedish that says what to write."""


class TwoReadings(UnreadableNumber):
    """A point before exactly three digits. `readings` are the two numbers that it could be, the larger one first."""

    def __init__(self, thousands: Decimal, decimals: Decimal) -> None:
        self.readings = (thousands, decimals)
        asked = TWO_READINGS.format(written(thousands), written(decimals))
        super().__init__(f"{asked} Skriv talet på ett av de sätten.")


def read_number(text: str, unit: str = "") -> Decimal:
    """The number that a person wrote, of a measure in the unit, which may stand after it.

    Takes comma or point before decimals, and spaces or points between thousands. Raises UnreadableNumber, and TwoReadings
    when the person has to be asked.
    """
    line = _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip().lower()
    if len(line) > _LONGEST:
        raise UnreadableNumber(TOO_LARGE if line.isdecimal() else UNREADABLE)
    if is_yes_or_no(unit):
        return _yes_or_no(line)
    for unclear, sentence in ((_FRACTION.search, _NO_FRACTION), (_ABOUT.fullmatch, _ABOUT_ONE)):
        if unclear(line):
            raise UnreadableNumber(sentence)
    found = _NUMBER.fullmatch(line)
    if found is None:
        raise UnreadableNumber(UNREADABLE)
    body, rest = found["body"], found["rest"]
    if body.endswith(",") and rest == "-":  # a price in whole kronor
        body, rest = body[:-1], ",-"
    for unclear, sentence in ((_RANGE.fullmatch, _ONE_OF_TWO), (_POWER.fullmatch, _NO_POWER)):
        if unclear(rest.strip()):
            raise UnreadableNumber(sentence)
    whole, part = _split(body)
    _refuse_other_unit(rest.strip(), unit)
    number = Decimal(f"{'-' if found['minus'] else ''}{whole}{part and f'.{part}'}")
    if _TWO_WAYS.fullmatch(body):
        raise TwoReadings(number * 1000, number)
    return number


def _yes_or_no(line: str) -> Decimal:
    if line not in _ANSWERS:
        raise UnreadableNumber("Skriv ja eller nej.")
    return _ANSWERS[line]


def _split(body: str) -> tuple[str, str]:
    """The digits before the decimals, and the decimals. Raises UnreadableNumber when the signs between them are unclear."""
    found = _WITH_COMMA.fullmatch(body) or _WITH_POINT.fullmatch(body)
    whole, part = (found["whole"], found["part"]) if found else (body, "")
    digits = re.sub(r"\D", "", whole)
    if len(digits) > MOST_DIGITS:
        raise UnreadableNumber(TOO_LARGE)
    if digits != whole and not _THOUSANDS.fullmatch(whole):
        raise UnreadableNumber(_GROUPS if body[-1].isdecimal() else UNREADABLE)
    return digits, part


def _kind(said: str) -> str:
    """`kr` for `kronor`, `tkr` for `kronor (tusental)`, and so on; any other in lower case."""
    plain = " ".join(said.lower().split()).rstrip(".")
    if found := _MANY_KR.fullmatch(plain):
        many = found["many"] or found["after"]
        plain = next((kind for kind, words in _OF_KR.items() if many in words), plain)
    return next((kind for kind, words in _UNITS.items() if plain in words), plain)


def _refuse_other_unit(said: str, unit: str) -> None:
    """Raises UnreadableNumber when what is said after a number is not the unit, nor how it begins."""
    ours, theirs = _kind(unit), _kind(said)
    parts = [] if ours in _OF_KR else [re.split("[ /(]", ours)[0], *_IN_BRACKETS.findall(ours)]
    of_ours = {ours, *map(_kind, parts), *_OF_KR.get(ours, ())}
    if not said or theirs in of_ours or (theirs == "st" and not of_ours & {*_UNITS} - {"st"}):
        return
    if theirs.split(" ")[0] in _MANY:
        raise UnreadableNumber(_WITH_DIGITS)
    if theirs not in _UNITS:
        raise UnreadableNumber(_ONLY_NUMBER if _LETTERS.fullmatch(theirs) else UNREADABLE)
    said = "%" if theirs == "%" else said
    named = f"räknas i {shortened(unit.strip(), 60)}" if ours else "har ingen enhet"
    wanted = _ONLY_NUMBER if ours in {"", "st"} else f"Skriv talet i {shortened(unit.strip(), 60)}."
    raise UnreadableNumber(f"Måttet {named}, men du skrev {said}. {wanted}")


def parse_number(text: str) -> Decimal | None:
    """The number that a person wrote without a unit; None when it is unreadable, or could be either of two."""
    try:
        return read_number(text)
    except UnreadableNumber:
        return None


def written(number: Decimal | int) -> str:
    """`12 600` or `0,5`: a comma, hard spaces between thousands, no trailing zeros."""
    text = f"{Decimal(number).normalize() + 0:,f}"  # zero has no sign
    return text.translate(_SWEDISH)


def is_yes_or_no(unit: str) -> bool:
    """Whether a measure in the unit is answered with yes or no, stored as 1 or 0."""
    return unit.strip().lower() == YES_OR_NO


def as_typed(number: Decimal, unit: str) -> str:
    """The number as a person would write it in a field: `12,5`; `ja` or `nej` when the measure is one of those."""
    return in_unit(number, unit if is_yes_or_no(unit) else "")


def in_words(count: int) -> str:
    """As a word up to twelve, such as `tre`; otherwise as digits."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else written(count)


def counted(count: int, one: str, many: str) -> str:
    """`1 aktivitet`, `12 aktiviteter`."""
    return f"{written(count)} {one if count == 1 else many}"


def in_unit(number: Decimal | None, unit: str) -> str:
    """`91 %`, `ja`, `12 kronor`, or `12` when the unit only counts; empty for None."""
    if number is None:
        return ""
    kind = unit.strip().lower()
    if kind == YES_OR_NO and number in {0, 1}:
        return "ja" if number else "nej"
    if kind in {"", "antal", "st", "styck", YES_OR_NO}:
        return written(number)
    return f"{written(number)}\u00a0{'%' if kind in {'procent', '%'} else unit.strip()}"
