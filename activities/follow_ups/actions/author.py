"""The function that a follow-up or a question keeps of the person who wrote it."""

from django.core.exceptions import ValidationError

from parties.models import User
from samverkan.lib.guard import identity_numbers

UNFIT_TITLE = (
    "Din funktion följer med det du skriver, och den ser ut att innehålla ett personnummer ({number}). "
    "Inget är sparat. Be systemadministratören rätta din funktion, och spara sedan igen."
)


def title_of(by: User) -> str:
    """The person's function. Raises ValidationError for one with an identity number, which nobody could take away."""
    if numbers := identity_numbers(by.title):
        raise ValidationError(UNFIT_TITLE.format(number=numbers[0]), code="unfit_title")
    return by.title
