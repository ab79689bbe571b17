"""Signatures and attachments: one form at a time, PDF files only, never in an archived agreement."""

import re
from datetime import date

import pytest
from django.urls import reverse

from priorities.models import Agreement, AgreementAttachment, AgreementParty
from samverkan.lib.editing.carrying import COPY
from tests.factories import AgreementAttachmentFactory
from tests.priorities.conftest import faults

pytestmark = pytest.mark.one_database

SIGN = "/2025-2026/underskrifter/"
HUGE, NEW = f"{SIGN}?part=huge", f"{SIGN}?bilaga=ny"
LARGE = b"%PDF-1.7\n" + b" " * (10 * 1024 * 1024) + b"\n%%EOF\n"
LOST = ["Välj filen igen. En webbläsare kan inte behålla den när något annat behöver rättas."]


def of_huge(draft):
    return AgreementParty.objects.get(agreement=draft, party__slug="huge")


@pytest.mark.parametrize("status", ["draft", "adopted"])
def test_a_signature_is_written_down_with_its_file(status, client, send, draft, pdf):
    Agreement.objects.filter(pk=draft.pk).update(status=status)

    response = send(
        HUGE,
        signed_on="10 september 2024",
        title="VD",
        file=pdf(),
        joined_on="2025-02-01",
        left_on="2026-01-31",
    )

    assert response["Location"] == SIGN
    signed = of_huge(draft)
    assert (signed.signed_on, signed.title, signed.joined_on, signed.left_on) == (
        date(2024, 9, 10),
        "VD",
        date(2025, 2, 1),
        date(2026, 1, 31),
    )
    assert signed.file.read().startswith(b"%PDF-1.7")
    assert "/2025-2026-huge" in signed.file.name
    assert "Undertecknad 10 september 2024, VD" in client.get(SIGN).content.decode()


def test_a_signature_can_be_changed_and_keeps_its_file(send, draft, pdf):
    send(HUGE, signed_on="2024-09-10", title="VD", file=pdf())
    name = of_huge(draft).file.name

    send(HUGE, title="Verkställande direktör")

    signed = of_huge(draft)
    assert (signed.title, signed.signed_on, signed.file.name) == (
        "Verkställande direktör",
        date(2024, 9, 10),
        name,
    )


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"signed_on": "2024-10-01"}, {"signed_on": ["Dagen har inte varit än."]}),
        ({"signed_on": "31/2 2024"}, {"signed_on": ["Februari 2024 har 29 dagar."]}),
        (
            {"joined_on": "2025-02-01", "left_on": "2025-01-31"},
            {"left_on": ["Parten kan inte lämna före den dag då den kom med."]},
        ),
        ({"title": "a" * 151}, {"title": ["Skriv högst 150 tecken."]}),
    ],
)
def test_what_does_not_hold_is_told_and_the_file_is_asked_for_again(fields, wrong, send, draft, pdf):
    response = send(HUGE, **{"title": "VD"} | fields, file=pdf())

    assert faults(response) == wrong | {"file": LOST}
    form = response.context["form"]
    assert {name: form[name].value() for name in fields} == fields
    signed = of_huge(draft)
    assert (signed.title, bool(signed.file)) == ("", False)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Filen är tom. Välj en annan."),
        (b"MZ\x90 ett program", "Filen är ingen PDF. Spara den som PDF och välj den igen."),
        (b"%PDF-1.7\nhalva", "Filen är ingen PDF. Spara den som PDF och välj den igen."),
        (b"<html>%PDF-1.7 %%EOF", "Filen är ingen PDF. Spara den som PDF och välj den igen."),
        (LARGE, "Filen är större än 10 MB. Välj en mindre."),
    ],
    ids=["empty", "a program", "half", "a page", "too large"],
)
def test_only_a_pdf_is_taken_whatever_its_name(content, sentence, send, draft, pdf):
    assert faults(send(HUGE, title="VD", file=pdf(content))) == {"file": [sentence]}
    assert not of_huge(draft).file


def test_what_the_file_was_called_does_not_matter(send, draft, pdf):
    send(HUGE, file=pdf(name="../" + "å" * 300 + ".exe"))

    assert re.fullmatch(r"underskrifter/\d{4}/2025-2026-huge\w*\.pdf", of_huge(draft).file.name)


@pytest.mark.parametrize("query", ["part=finns-inte", "part=polisen", "part=%00", "bilaga=99", "bilaga=x"])
def test_what_the_agreement_does_not_have_is_not_found(query, client, draft, polisen):
    assert client.get(f"{SIGN}?{query}").status_code == 404
    assert client.post(f"{SIGN}?{query}").status_code == 404


def test_an_attachment_is_added_and_gets_its_file_later(send, draft, pdf):
    send(NEW, number="3", title="Överenskommelsen")
    stored = AgreementAttachment.objects.get()
    assert (stored.agreement, stored.number, str(stored), bool(stored.file)) == (
        draft,
        3,
        "Bilaga 3. Överenskommelsen",
        False,
    )

    send(f"{SIGN}?bilaga=3", file=pdf())

    stored.refresh_from_db()
    assert "/2025-2026-bilaga-3" in stored.file.name


def test_the_next_number_is_suggested_and_a_number_is_not_taken_twice(client, send, draft):
    AgreementAttachmentFactory(agreement=draft, number=4)

    assert client.get(NEW).context["form"]["number"].value() == 5
    assert faults(send(NEW, number="4", title="En till")) == {"number": ["Bilaga 4 finns redan."]}
    assert faults(send(NEW, number="", title="En till")) == {"number": ["Skriv bilagans nummer."]}


def test_an_archived_agreement_is_not_signed(client, draft):
    Agreement.objects.filter(pk=draft.pk).update(status="archived")

    assert client.get(HUGE)["Location"] == reverse("agreement", args=["2025-2026"])
    late = client.post(HUGE, {"version": 1, "title": "VD"})
    assert faults(late) == {None: [COPY.format(why="Överenskommelsen är arkiverad och ändras inte.")]}
    assert late.context["form"]["title"].value() == "VD"
    assert of_huge(draft).title == ""


def test_two_who_sign_at_once_are_told(client, send, draft):
    send(HUGE, title="VD")

    response = client.post(f"{SIGN}?part=huddinge-kommun", {"version": 1, "title": "Kommundirektör"})

    assert list(faults(response)) == [None]
    assert response.context["form"]["title"].value() == "Kommundirektör"
    assert draft.memberships.exclude(title="").count() == 1


@pytest.mark.parametrize(
    "name", ["Beslut 811218-9876.pdf", "811218-T987.pdf", "född 811218, sista siffrorna 9876.pdf"]
)
@pytest.mark.parametrize("where", [HUGE, NEW])
def test_a_file_that_is_named_by_an_identity_number_is_refused(name, where, send, draft, pdf):
    response = send(where, title="Beslut", number="1", file=pdf(name=name))

    assert "Filens namn ser ut att innehålla ett personnummer (811218-XXXX)." in faults(response)["file"][0]
    assert not of_huge(draft).file
    assert not AgreementAttachment.objects.filter(agreement=draft).exists()
