"""Which passwords are refused, in which words, also for who knows the municipality and the product."""

import pytest
from django.core.exceptions import ValidationError

from parties.models import User
from parties.sign_in.strength import ADVICE, WHY, GuessableValidator
from tests.factories import PASSWORD, PartyFactory
from tests.support.sign_in_codes import faults

pytestmark = pytest.mark.usefixtures("db")


def why(password: str, user: User | None = None) -> str:
    """The kind of fault; empty for a password that is accepted."""
    try:
        GuessableValidator().validate(password, user)
    except ValidationError as refused:
        [sentence] = refused.messages
        assert sentence.endswith(f" {ADVICE}")
        return next(kind for kind, text in WHY.items() if sentence.startswith(text))
    return ""


@pytest.mark.parametrize(
    ("password", "kind"),
    [
        (" " * 12, "repeat"),
        ("passwordpassword", "repeat"),
        ("aaaaaaaaaaaaaaaa", "repeat"),
        ("abcdefghijklmnop", "sequence"),
        ("1987-03-21-1987", "date"),
        ("samverkan2024", "ours"),
        ("Samverkan-2024", "ours"),
        ("5amv3rkan2024!", "ours"),
        ("lösenord2024", "ours"),
        ("Sommar-2024!", "ours"),
        ("kommunpolisen1", "ours"),
        ("iloveyou1234567", "dictionary"),
    ],
)
def test_what_a_guesser_begins_with_is_refused_and_why(password, kind):
    assert why(password) == kind


def test_the_names_of_the_site_the_parties_and_the_user_are_guessed_first(settings, huge_rep):
    settings.SITE_NAME = "Trygghet i Storköping"
    PartyFactory(
        name="Bolaget Fjällripan AB", short_name="Fjällripan", slug="fjallripan", other_names=["Snösparven"]
    )

    for word in ("storköping", "fjällripan", "snösparven"):
        assert why(f"{word}2024!") == "ours"
    huge_rep.display_name = "Kungsfiskaren"
    assert why("kungsfiskaren2024", huge_rep) == "ours"
    assert why("kungsfiskaren-lavendel-2024", huge_rep) == ""


@pytest.mark.parametrize(
    "password",
    [
        "korrekt häst batteri häftstift",
        "något långt och hemligt",
        "xK7!pq2Vw9#zLm",
        "vinbär lampa",
    ],
)
def test_unusual_ones_are_accepted(password):
    assert why(password) == ""


def test_a_very_long_one_is_judged_by_its_beginning():
    assert why("a" * 100_000) == "repeat"
    assert why("korrekt häst batteri häftstift " * 3000) == ""


def test_the_page_tells_it_at_the_field_in_one_sentence(huge_rep, client_for):
    form = {"oldpassword": PASSWORD, "password1": "samverkan2024", "password2": "samverkan2024"}

    page = client_for(huge_rep).post("/losenord/byt/", form)

    assert faults(page) == {"password1": [f"{WHY['ours']} {ADVICE}"]}
    assert (
        "Välj till exempel fyra ord som inte hör ihop."
        in client_for(huge_rep).get("/losenord/byt/").content.decode()
    )
