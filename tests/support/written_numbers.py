"""Identity numbers in every way that people write them, and other numbers that look like one. The same for each seed.

The birth numbers are 980–999, which the Swedish Tax Agency reserves for tests: the identity numbers are nobody's.
"""

import random
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from samverkan.lib.guard.numbers import is_identity_number

SEED = 20240930
FIRST, LAST = date(1910, 1, 1), date(2024, 9, 30)
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)  # fmt: skip


def check_digit(nine_digits: str) -> int:
    """The last digit of an identity number, by Luhn."""
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(nine_digits)]
    return -sum(value // 10 + value % 10 for value in doubled) % 10


# --- Identity numbers --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Number:
    """A valid number: the day of birth and the last four. A coordination number's day is 60 more."""

    born: date
    end: str
    is_coordination: bool = False

    @classmethod
    def drawn(cls, chance: random.Random) -> "Number":
        born = FIRST + timedelta(days=chance.randrange((LAST - FIRST).days))
        is_coordination = chance.random() < 0.15
        six = f"{born:%y%m}{born.day + 60 * is_coordination:02d}"
        birth_number = str(chance.randrange(980, 1000))
        return cls(born, f"{birth_number}{check_digit(six + birth_number)}", is_coordination)

    @property
    def day(self) -> str:
        return f"{self.born.day + 60 * self.is_coordination:02d}"

    @property
    def six(self) -> str:
        return f"{self.born:%y%m}{self.day}"

    @property
    def eight(self) -> str:
        return f"{self.born:%Y%m}{self.day}"

    def parts(self, sign: str, *, century: bool = True) -> str:
        return sign.join([f"{self.born:%Y}" if century else f"{self.born:%y}", f"{self.born:%m}", self.day])

    def reserve(self, letter: str) -> str:
        """The last four with a letter in place of the first digit."""
        return f"{letter}{self.end[1:]}"


def _swedish(number: Number) -> str:
    return f"{number.born.day} {MONTHS[number.born.month - 1]} {number.born.year}"


def _slashed(number: Number) -> str:
    return f"{number.born.day}/{number.born.month} {number.born.year}"


WAYS: dict[str, Callable[[Number], str]] = {
    "ten": lambda n: f"{n.six}{n.end}",
    "twelve": lambda n: f"{n.eight}{n.end}",
    "ten with a dash": lambda n: f"{n.six}-{n.end}",
    "twelve with a dash": lambda n: f"{n.eight}-{n.end}",
    "plus": lambda n: f"{n.six}+{n.end}",
    "twelve with plus": lambda n: f"{n.eight}+{n.end}",
    "space": lambda n: f"{n.six} {n.end}",
    "twelve with a space": lambda n: f"{n.eight} {n.end}",
    "spaces around the dash": lambda n: f"{n.six} - {n.end}",
    "dot": lambda n: f"{n.six}.{n.end}",
    "slash": lambda n: f"{n.six}/{n.end}",
    "dots in the day": lambda n: f"{n.parts('.')}.{n.end}",
    "dots in the short day": lambda n: f"{n.parts('.', century=False)}-{n.end}",
    "dashes": lambda n: f"{n.parts('-')}-{n.end}",
    "dashes in the short day": lambda n: f"{n.parts('-', century=False)}-{n.end}",
    "slashes": lambda n: f"{n.parts('/')}-{n.end}",
    "spaces": lambda n: f"{n.parts(' ')} {n.end}",
    "spaces in the short day": lambda n: f"{n.parts(' ', century=False)} {n.end}",
    "pairs": lambda n: f"{n.parts(' ', century=False)} {n.end[:2]} {n.end[2:]}",
    "an ordinary day": lambda n: f"{n.parts('-')} {n.end}",
    "brackets": lambda n: f"{n.six} ({n.end})",
    "comma": lambda n: f"{n.six}, {n.end}",
    "dash that does not break": lambda n: f"{n.six}\u2011{n.end}",
    "en dash": lambda n: f"{n.six}\u2013{n.end}",
    "hard space": lambda n: f"{n.six}\u00a0{n.end}",
    "new line": lambda n: f"{n.six}\r\n{n.end}",
    "invisible": lambda n: f"{n.six[:3]}\u200b{n.six[3:]}-{n.end[:2]}\u2060{n.end[2:]}",
    "reserve": lambda n: f"{n.six}-{n.reserve('T')}",
    "reserve of twelve": lambda n: f"{n.eight}-{n.reserve('R')}",
    "reserve in lower case": lambda n: f"{n.six}-{n.reserve('t')}",
    "reserve without a dash": lambda n: f"{n.eight}{n.reserve('S')}",
    "reserve after a space": lambda n: f"{n.six} {n.reserve('U')}",
    "reserve with two letters": lambda n: f"{n.eight}-KX{n.end[2:]}",
    "reserve with a letter last": lambda n: f"{n.six}-{n.end[:3]}X",
    "reserve with a letter of ours": lambda n: f"{n.six}-{n.reserve('Ö')}",
}
# A coordination number's day is in no calendar, so these are for identity numbers only.
BORN: dict[str, Callable[[Number], str]] = {
    "day and month": lambda n: f"{_slashed(n)}-{n.end}",
    "day, month and year": lambda n: f"{n.born:%d.%m.%Y} {n.end}",
    "the month in words": lambda n: f"{_swedish(n)}, {n.end}",
    "the month in capitals": lambda n: f"{_swedish(n).upper()}-{n.end}",
    "the month in short": lambda n: f"{n.born.day} {MONTHS[n.born.month - 1][:3]} -{n.born:%y} {n.end}",
    "born, last": lambda n: f"född {n.six}, sista siffrorna {n.end}",
    "born, last four": lambda n: f"Född {n.parts('-')} med de fyra sista {n.end}",
    "born in words, last": lambda n: f"född den {_swedish(n)}. Sista fyra siffrorna är {n.end}",
    "born, last apart": lambda n: f"föddes {_slashed(n)}, sista fyra: {n.end[:2]} {n.end[2:]}",
    "last, born": lambda n: f"de fyra sista siffrorna är {n.end} och födelsedagen {n.eight}",
    "number, and": lambda n: f"personnummer {n.six} och sedan {n.end}",
}

AROUND = (
    "{}",
    "Det gäller {}.",
    "Ärendet om ({}) är överlämnat.",
    "På mötet nämndes {}, som bor kvar i området.",
)
FULL_WIDTH = {ord("0") + digit: 0xFF10 + digit for digit in range(10)}
ARABIC = {ord("0") + digit: 0x0660 + digit for digit in range(10)}
SCRIPTS: tuple[Callable[[str], str], ...] = (
    str,
    str,
    str,
    lambda text: text.translate(FULL_WIDTH),
    lambda text: text.translate(ARABIC),
    lambda text: unicodedata.normalize("NFD", text),
)


def written_numbers(count: int, seed: int = SEED) -> Iterator[tuple[str, str]]:
    """As many valid numbers, each way in its turn: (way, text)."""
    chance = random.Random(seed)  # noqa: S311 - the same numbers every time
    ways = [*WAYS.items(), *BORN.items()]
    for place in range(count):
        way, write = ways[place % len(ways)]
        number = Number.drawn(chance)
        while way in BORN and number.is_coordination:
            number = Number.drawn(chance)
        script = chance.choice(SCRIPTS)
        yield way, script(chance.choice(AROUND).format(write(number)))


# --- Other numbers -----------------------------------------------------------------------------------------------
def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choice("0123456789") for _ in range(count))


def _year(chance: random.Random) -> int:
    return chance.randrange(1998, 2027)


def _day(chance: random.Random) -> date:
    return date(1998, 1, 1) + timedelta(days=chance.randrange(10_500))


def _time(chance: random.Random, sign: str = ":") -> str:
    return f"{chance.randrange(24):02d}{sign}{chance.randrange(60):02d}"


def _thousands(number: int, sign: str = " ") -> str:
    return f"{number:,}".replace(",", sign)


def _organisation(chance: random.Random) -> str:
    eight = f"{chance.choice('2578')}{_digits(chance, 1)}{chance.randrange(20, 100)}{_digits(chance, 5)}"
    return f"{eight}{check_digit(eight)}"


def _mobile(chance: random.Random) -> str:
    return f"07{chance.choice('02369')}{_digits(chance, 7)}"


def _register(chance: random.Random) -> str:
    return chance.choice(("KS", "SN", "BUN", "KLK", "HSF", "AD", "GSN"))


def _of_mobile(chance: random.Random, write: Callable[[str], str]) -> str:
    return write(_mobile(chance))


OTHERS: dict[str, Callable[[random.Random], str]] = {
    "KS-2022/941.142": lambda c: f"{_register(c)}-{_year(c)}/{c.randrange(1, 3000)}.{c.randrange(1, 1000):03d}",
    "KS 2022/941": lambda c: f"{_register(c)} {_year(c)}/{c.randrange(1, 10_000)}",
    "KS 2022:941": lambda c: f"{_register(c)} {_year(c)}:{c.randrange(1, 10_000)}",
    "KS/2022:941-3": lambda c: f"{_register(c)}/{_year(c)}:{c.randrange(1, 1000)}-{c.randrange(1, 100)}",
    "dnr 2022-0941-142": lambda c: f"dnr {_year(c)}-{c.randrange(1, 3000):04d}-{c.randrange(1, 1000):03d}",
    "2022-941-142": lambda c: f"{_year(c)}-{c.randrange(100, 1000)}-{c.randrange(100, 1000)}",
    "2012/1210-14": lambda c: f"{_year(c)}/{c.randrange(100, 10_000)}-{c.randrange(1, 100)}",
    "A 2023-0456789": lambda c: f"A {_year(c)}-{_digits(c, 7)}",
    "A121.204/2024": lambda c: f"A{_digits(c, 3)}.{_digits(c, 3)}/{_year(c)}",
    "2012-121045": lambda c: f"{_year(c)}-{_digits(c, 6)}",
    "12345-2024": lambda c: f"{_digits(c, 5)}-{_year(c)}",
    "2.4.1-12104/2024": lambda c: f"{c.randrange(1, 9)}.{c.randrange(1, 9)}.{c.randrange(1, 9)}-{_digits(c, 5)}/{_year(c)}",
    "5000-K123456-24": lambda c: f"5000-K{_digits(c, 6)}-{_year(c) % 100:02d}",
    "B 1234-12": lambda c: f"mål nr B {_digits(c, 4)}-{_year(c) % 100:02d}",
    "KS 12/1210-142": lambda c: f"{_register(c)} {_year(c) % 100:02d}/{c.randrange(100, 1000)}-{c.randrange(1, 1000)}",
    "556012-5790": lambda c: f"{(o := _organisation(c))[:6]}-{o[6:]}",
    "5560125790": _organisation,
    "16556012-5790": lambda c: f"16{(o := _organisation(c))[:6]}-{o[6:]}",
    "SE556012579001": lambda c: f"SE{_organisation(c)}01",
    "070-174 06 05": lambda c: _of_mobile(c, lambda m: f"{m[:3]}-{m[3:6]} {m[6:8]} {m[8:]}"),
    "070 174 06 05": lambda c: _of_mobile(c, lambda m: f"{m[:3]} {m[3:6]} {m[6:8]} {m[8:]}"),
    "070-1740605": lambda c: _of_mobile(c, lambda m: f"{m[:3]}-{m[3:]}"),
    "0701-74 06 05": lambda c: _of_mobile(c, lambda m: f"{m[:4]}-{m[4:6]} {m[6:8]} {m[8:]}"),
    "070/174 06 05": lambda c: _of_mobile(c, lambda m: f"{m[:3]}/{m[3:6]} {m[6:8]} {m[8:]}"),
    "070.174.06.05": lambda c: _of_mobile(c, lambda m: f"{m[:3]}.{m[3:6]}.{m[6:8]}.{m[8:]}"),
    "+46 70 174 06 05": lambda c: _of_mobile(c, lambda m: f"+46 {m[1:3]} {m[3:6]} {m[6:8]} {m[8:]}"),
    "+46 (0)70 174 06 05": lambda c: _of_mobile(c, lambda m: f"+46 (0){m[1:3]} {m[3:6]} {m[6:8]} {m[8:]}"),
    "0701740605": _mobile,
    "0853530000": lambda c: f"08{_digits(c, 8)}",
    "+46701740605": lambda c: f"+46{_mobile(c)[1:]}",
    "0046701740605": lambda c: f"0046{_mobile(c)[1:]}",
    "08-535 300 00": lambda c: f"08-{_digits(c, 3)} {_digits(c, 3)} {_digits(c, 2)}",
    "08-12 12 12 18": lambda c: f"08-{_digits(c, 2)} {_digits(c, 2)} {_digits(c, 2)} {_digits(c, 2)}",
    "(08) 535 300 00": lambda c: f"(08) {_digits(c, 3)} {_digits(c, 3)} {_digits(c, 2)}",
    "08-53530000": lambda c: f"08-{_digits(c, 8)}",
    "0501-39 00 00": lambda c: f"0501-{_digits(c, 2)} {_digits(c, 2)} {_digits(c, 2)}",
    "141 61, 08-535 300 00": lambda c: f"141 {_digits(c, 2)}, 08-{_digits(c, 3)} {_digits(c, 3)} {_digits(c, 2)}",
    "070-174 06 05, 08-535 300 00": lambda c: _of_mobile(
        c, lambda m: f"{m[:3]}-{m[3:6]} {m[6:8]} {m[8:]}, 08-{_digits(c, 3)} {_digits(c, 3)} {_digits(c, 2)}"
    ),
    "2024-08-30": lambda c: _day(c).isoformat(),
    "20240830": lambda c: f"{_day(c):%Y%m%d}",
    "2023-01-01–2024-12-31": lambda c: f"{_day(c)}\u2013{_day(c)}",
    "30/8 2024": lambda c: f"{(d := _day(c)).day}/{d.month} {d.year}",
    "1/9 2023–30/8 2024": lambda c: (
        f"{(d := _day(c)).day}/{d.month} {d.year}\u2013{(e := _day(c)).day}/{e.month} {e.year}"
    ),
    "30.8.2024 kl. 10.15": lambda c: f"{(d := _day(c)).day}.{d.month}.{d.year} kl. {_time(c, '.')}",
    "12/10 2024 10:15": lambda c: f"{(d := _day(c)).day}/{d.month} {d.year} {_time(c)}",
    "30 augusti 2024 10:15": lambda c: f"{(d := _day(c)).day} {MONTHS[d.month - 1]} {d.year} {_time(c)}",
    "2024-08-30 10:15": lambda c: f"{_day(c)} {_time(c)}",
    "2024-08-30, 10.15": lambda c: f"{_day(c)}, {_time(c, '.')}",
    "2024-08-30 10:15–12:00": lambda c: f"{_day(c)} {_time(c)}\u2013{_time(c)}",
    "2024-08-30T10:15": lambda c: f"{_day(c)}T{_time(c)}",
    "20240830T1015": lambda c: f"{_day(c):%Y%m%d}T{_time(c, '')}",
    "kl. 08:10–12:00, 13:00–16:30": lambda c: f"kl. {_time(c)}\u2013{_time(c)}, {_time(c)}\u2013{_time(c)}",
    "2010, 2011, 2012": lambda c: f"{_year(c)}, {_year(c)}, {_year(c)}",
    "2010/2011, 2012/2013": lambda c: f"{(y := _year(c))}/{y + 1}, {y + 2}/{y + 3}",
    "2010/11, 2012/13": lambda c: f"{(y := _year(c))}/{(y + 1) % 100:02d}, {y + 2}/{(y + 3) % 100:02d}",
    "12 600 kronor": lambda c: f"{_thousands(c.randrange(10_000))} kronor",
    "1 212 041 234 kronor": lambda c: f"{_thousands(c.randrange(10**9, 10**10))} kronor",
    "201 212 121 234 kr": lambda c: f"{_thousands(c.randrange(10**11, 10**12))} kr",
    "12 120 412,34 kr": lambda c: f"{_thousands(c.randrange(10**7, 10**8))},{_digits(c, 2)} kr",
    "12.120.412,34": lambda c: f"{_thousands(c.randrange(10**7, 10**8), '.')},{_digits(c, 2)}",
    "12120412,34 kr": lambda c: f"{c.randrange(10**7, 10**8)},{_digits(c, 2)} kr",
    "plusgiro 12 34 56-7": lambda c: f"plusgiro {_digits(c, 2)} {_digits(c, 2)} {_digits(c, 2)}-{_digits(c, 1)}",
    "bankgiro 5012-1212": lambda c: f"bankgiro {_digits(c, 4)}-{_digits(c, 4)}",
    "bankgiro 123-4567": lambda c: f"bankgiro {_digits(c, 3)}-{_digits(c, 4)}",
    "141 61 Huddinge": lambda c: f"{_digits(c, 3)} {_digits(c, 2)} Huddinge",
    "59.2364, 17.9812": lambda c: f"{c.randrange(55, 70)}.{_digits(c, 4)}, {c.randrange(10, 25)}.{_digits(c, 4)}",
    "59.236412, 17.981234": lambda c: (
        f"{c.randrange(55, 70)}.{_digits(c, 6)}, {c.randrange(10, 25)}.{_digits(c, 6)}"
    ),
    "N 6570000, E 674000": lambda c: f"N {c.randrange(6_100_000, 7_700_000)}, E {c.randrange(260_000, 920_000)}",
}  # fmt: skip

# Ten bare digits can be the very text of an identity number, and are then drawn again.
IDENTICAL = {"0701740605", "0853530000"}
NEAR = ("{}", "Se {}.", "Beslutet ({}) gäller.", "Kontakta oss på {} före mötet, tack.")


def look_alikes(count: int, seed: int = SEED) -> Iterator[tuple[str, str]]:
    """As many other numbers, each kind in its turn: (kind, text). None is the very text of an identity number."""
    chance = random.Random(seed)  # noqa: S311 - the same numbers every time
    kinds = list(OTHERS.items())
    for place in range(count):
        kind, draw = kinds[place % len(kinds)]
        written = draw(chance)
        while kind in IDENTICAL and is_identity_number(written):
            written = draw(chance)
        yield kind, chance.choice(NEAR).format(written)
