"""The list of errors above a form says which field each is about, where the sentence alone does not."""

import re

import pytest

from tests.factories import ActivityFactory, SignatoryFactory

pytestmark = pytest.mark.one_database

MISSING = "Skriv ett datum som 2024-08-30."
DAY = "Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."
NEW_PLAN = "/2023-2024/aktiviteter/ny/"


@pytest.fixture
def listed(samordnare, agreement, client_for):
    """Sends the fields to the address, and reads the list above the form."""

    def sent(address, **fields):
        page = client_for(samordnare).post(address, fields).content.decode()
        summary = page.partition('id="error-summary"')[2].partition("</ul>")[0]
        return re.findall(r'<li>(?:<a href="#\w[^"]*">)?([^<]+)', summary)

    return sent


def test_the_same_sentence_of_several_fields_comes_after_the_fields_label(listed):
    long = dict.fromkeys(("title", "owner_title", "measure"), "å" * 201)

    _, *lines = listed(NEW_PLAN, **long, starts_on="i går", ends_on="2024-12-31")

    assert lines == [
        "Namn: Skriv högst 200 tecken.",
        "Välj ett prioriterat område.",
        "Välj en av överenskommelsens parter som ansvarig part.",
        "Ansvarig för genomförandet: Skriv högst 200 tecken.",
        f"Start: {DAY}",
        "Mått: Skriv högst 200 tecken.",
    ]


def test_a_sentence_that_tells_its_field_stands_alone(listed):
    assert listed("/2023-2024/omgangar/ny/", as_of=" ", opens_on="2025-01-01", due_on="2025-01-31") == [
        "Skriv vad omgången heter.",
        f"Läget per: {MISSING}",
    ]


def test_like_rows_are_told_apart_by_their_names(listed, agreement, huge, polisen):
    for party in (huge, polisen):
        SignatoryFactory(declaration=agreement.declaration, party=party)
    address = "/2023-2024/avsiktsforklaring/redigera/parter/"
    days = {f"{party.slug}-signed_on": "i går" for party in (huge, polisen)}

    assert listed(address, version=agreement.declaration.version, **days) == [
        f"Undertecknad ({huge.name}): {DAY}",
        f"Undertecknad ({polisen.name}): {DAY}",
    ]


def test_so_are_new_milestones_and_suggested_rounds(listed, agreement):
    activity = ActivityFactory(draft=True)
    rows = {"ny1-titel": "Ett", "ny1-dag": "x", "ny2-titel": "Två", "ny2-dag": "y"}
    assert listed(f"{activity.get_absolute_url()}delmal/", version=activity.version, **rows) == [
        f"Klart senast, ny rad 1: {DAY}",
        f"Klart senast, ny rad 2: {DAY}",
    ]

    days = {"2024-12-31-ta-med": "on", "2024-12-31-opens_on": "x", "2024-12-31-due_on": "2025-01-31"}
    assert listed("/2023-2024/omgangar/foresla/", **days) == [f"Öppnar (Helår 2024): {DAY}"]
