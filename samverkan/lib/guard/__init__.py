"""Does a text contain a personal identity number?

Case work about persons does not belong here, and a locked text cannot be cleaned afterwards. So a text with a Swedish
personal identity, coordination or reserve number in its usual format is refused before it is saved. The same digits in
another format can be a telephone number, a reference or a date with an amount: then the form asks. Digits, dashes and
spaces of every script are folded first, and invisible characters removed. Organisation numbers have a "month" of 20 or
more and pass, and so does what is in a format that no identity number is written in: see `shapes`.
"""

from collections.abc import Iterator

from django.core.exceptions import ValidationError

from samverkan.lib.guard.days_and_ends import numbers_of_days
from samverkan.lib.guard.digits import numbers_of_digits
from samverkan.lib.guard.folding import folded, folded_with_places
from samverkan.lib.guard.numbers import Found

REFUSED = (
    "Texten ser ut att innehålla ett personnummer eller samordningsnummer ({number}). "
    "Ta bort det: här ska inte finnas uppgifter om enskilda personer."
)
ASKED = (
    "Är {number} ett personnummer? Ta i så fall bort det. "
    "Är det något annat, till exempel ett telefonnummer, kryssa i att det inte är ett personnummer och spara igen."
)
UNASKED = (
    "{number} kan vara ett personnummer. Ta bort det, eller skriv det så att det inte kan misstas för ett."
)


def _found(text: str) -> Iterator[Found]:
    """Every number in the folded text, none of them within another."""
    taken: list[Found] = []
    for found in numbers_of_digits(text):
        taken.append(found)
        yield found
    for found in numbers_of_days(text):
        if not any(other.start < found.end and found.start < other.end for other in taken):
            taken.append(found)
            yield found


def identity_numbers(text: str) -> list[str]:
    """The identity numbers in the text in a usual format, with the last four digits as XXXX."""
    return [f"{found.birth}-XXXX" for found in _found(folded(text)) if found.is_certain]


def doubtful_numbers(text: str) -> list[str]:
    """What in the text, as written, could be an identity number or something else."""
    return [found.written for found in _found(folded(text)) if not found.is_certain]


def masked(text: str) -> str:
    """The text with XXXX for the last four digits of every identity number that would be refused."""
    if not identity_numbers(text):
        return text
    plain, places = folded_with_places(text)
    letters = list(text)
    for found in _found(plain):
        if found.is_certain:
            marks = [place for place in range(found.start, found.end) if plain[place].isalnum()]
            for place in marks[-4:]:
                letters[places[place]] = "X"
    clean = "".join(letters)
    return "".join("X" if each.isdigit() else each for each in clean) if identity_numbers(clean) else clean


def refuse_identity_numbers(text: str) -> None:
    """A validator for every text. Raises ValidationError with code `identity_number`."""
    if numbers := identity_numbers(text):
        raise ValidationError(REFUSED.format(number=numbers[0]), code="identity_number")


def refuse_doubtful_numbers(text: str) -> None:
    """For a text that nobody can be asked about, such as a cell of a file. Raises ValidationError."""
    if numbers := doubtful_numbers(text):
        raise ValidationError(UNASKED.format(number=numbers[0]), code="doubtful_number")
