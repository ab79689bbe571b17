"""The parties to a declaration: when and by whom they signed it, and why they joined."""

from datetime import date

import pytest

from parties.models import Signatory
from tests.factories import SignatoryFactory
from tests.priorities.conftest import faults
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

ADDRESS = "/2023-2024/avsiktsforklaring/redigera/parter/"


@rows
def declaration(agreement, huge):
    SignatoryFactory(declaration=agreement.declaration, party=huge, reason="Fastighetsägare.")
    return agreement.declaration


def test_a_signature_is_written(send, declaration):
    fields = {
        "huge-signed_on": "10 december 2022",
        "huge-title": "Verkställande direktör",
        "huge-case_number": "HB-2022/7",
        "huge-reason": "Äger många bostäder.",
    }

    assert send(ADDRESS, **fields)["Location"] == "/2023-2024/avsiktsforklaring/redigera/"

    signatory = Signatory.objects.get()
    assert (signatory.signed_on, signatory.title, signatory.case_number, signatory.reason) == (
        date(2022, 12, 10),
        "Verkställande direktör",
        "HB-2022/7",
        "Äger många bostäder.",
    )
    declaration.refresh_from_db()
    assert declaration.version == 2


def test_parties_are_added_and_told_of_at_once(send, client, declaration, kommunen, polisen):
    response = send(ADDRESS, added=[kommunen.pk, polisen.pk], more="1")

    assert response["Location"] == ADDRESS
    form = client.get(ADDRESS).context["form"]
    assert list(form.stored) == ["huddinge-kommun", "huge", "polisen"]
    assert not form.offers_more


def test_a_party_is_removed(send, declaration, kommunen):
    assert send(ADDRESS, **{"huge-remove": "on", "added": [kommunen.pk]}).status_code == 302

    assert [each.party for each in declaration.signatories.select_related("party")] == [kommunen]


def test_a_party_that_has_signed_stays(send, declaration):
    Signatory.objects.update(signed_on=date(2022, 12, 10))

    wrong = faults(send(ADDRESS, **{"huge-remove": "on"}))

    sentence = (
        "Huge Bostäder AB har undertecknat avsiktsförklaringen och kan inte tas bort. "
        "Är datumet fel: töm det och spara först."
    )
    assert wrong == {None: [sentence]}
    assert declaration.signatories.count() == 1


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"huge-signed_on": "2024-10-01"}, {"huge-signed_on": ["Dagen har inte varit än."]}),
        (
            {"huge-signed_on": "igår"},
            {"huge-signed_on": ["Skriv ett datum som 2024-08-30, 30/8 2024 eller 30 augusti 2024."]},
        ),
        ({"huge-title": "a" * 151}, {"huge-title": ["Skriv högst 150 tecken."]}),
        ({"huge-case_number": "a" * 61}, {"huge-case_number": ["Skriv högst 60 tecken."]}),
        (
            {"huge-reason": "å" * 100_000},
            {"huge-reason": ["Texten får vara högst 5\u00a0000 tecken. Den är 100\u00a0000."]},
        ),
        ({"added": ["999999"]}, {"added": ["Välj bland dem som står i listan."]}),
        ({"added": ["1\x00"]}, {"added": ["Välj bland dem som står i listan."]}),
    ],
)
def test_what_does_not_hold_is_told_and_the_row_is_unfolded(fields, wrong, send, declaration):
    response = send(ADDRESS, **{"huge-title": "Direktör"} | fields)

    assert faults(response) == wrong
    (row,) = response.context["form"].rows
    assert row.is_open
    assert Signatory.objects.get().title == ""


@pytest.mark.parametrize(
    ("signed_on", "summary"),
    [(date(2022, 12, 10), "Undertecknad 10 december 2022"), (None, "Uppgift om underskrift saknas")],
)
def test_what_stands_there_is_folded_and_told_in_a_few_words(signed_on, summary, client, declaration):
    Signatory.objects.update(signed_on=signed_on)

    response = client.get(ADDRESS)

    (row,) = response.context["form"].rows
    assert (row.is_open, row.summary) == (False, summary)
    assert summary in response.content.decode()
    steps = client.get("/2023-2024/avsiktsforklaring/redigera/").content.decode()
    assert f"1 part, {int(signed_on is not None)} med uppgift om underskrift" in steps


def test_of_two_who_write_of_the_parties_one_is_told(send, client, declaration, polisen):
    version = client.get(ADDRESS).context["form"]["version"].value()
    send(ADDRESS, added=[polisen.pk])

    response = send(ADDRESS, **{"version": version, "huge-title": "Direktör"})

    assert list(faults(response)) == [None]
    assert not Signatory.objects.exclude(title="").exists()
    assert response.context["form"]["huge-title"].value() == "Direktör"
