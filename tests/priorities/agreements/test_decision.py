"""What is decided about an agreement is registered as it is adopted, or later, and touches nothing that was adopted."""

from datetime import date

import pytest

from parties.models import AuditEntry, Matter
from priorities.models import Agreement, AgreementParty
from tests.factories import MatterFactory
from tests.priorities.conftest import faults

pytestmark = pytest.mark.one_database

ADOPT, DECISION = "/2025-2026/faststall/", "/2025-2026/overenskommelse/beslut/"
KNOWN = {"committee": "Kommunfullmäktige", "decided_on": "16/9 2024", "section": "§ 112"}


@pytest.fixture
def adopted(draft, send):
    send(ADOPT)
    draft.refresh_from_db()
    assert draft.is_adopted
    return draft


def stored(agreement) -> dict:
    return Agreement.objects.filter(pk=agreement.pk).values().get() | {"version": None}


def test_the_decision_is_asked_for_as_it_is_adopted(client, send, draft):
    page = client.get(ADOPT).content.decode()
    assert all(word in page for word in ("Instans", "Diarienummer", "Beslutsdatum", "Paragraf"))

    send(ADOPT, **KNOWN)

    matter = Matter.objects.get(pk=draft.matter_id)
    assert (matter.committee, matter.decided_on, matter.section, matter.case_number) == (
        "Kommunfullmäktige",
        date(2024, 9, 16),
        "§ 112",
        "KS-2022/941.142",
    )
    page = client.get("/2025-2026/overenskommelse/").content.decode()
    assert "16 september 2024" in page


def test_what_is_not_decided_yet_is_registered_later_and_what_was_adopted_stands(client, send, adopted, pdf):
    assert adopted.matter.decided_on is None
    before = stored(adopted)

    assert send(DECISION, **KNOWN).status_code == 302
    send("/2025-2026/underskrifter/?part=huge", signed_on="2024-09-20", title="VD", file=pdf())

    assert stored(adopted) == before
    assert Matter.objects.get(pk=adopted.matter_id).section == "§ 112"
    assert AgreementParty.objects.get(agreement=adopted, party__slug="huge").signed_on == date(2024, 9, 20)
    assert "Beslutat 16 september 2024, § 112" in client.get("/2025-2026/redigera/").content.decode()


def test_a_corrected_decision_keeps_what_it_was_and_both_are_logged(send, adopted, samordnare):
    send(DECISION, **KNOWN)
    send(DECISION, section="§ 113")

    matter = Matter.objects.get(pk=adopted.matter_id)
    assert matter.section == "§ 113"
    assert "§ 112" in Matter.history.filter(id=matter.pk).values_list("section", flat=True)
    changes = AuditEntry.objects.filter(about="parties.matter", act="changed").order_by("pk")
    assert ("paragraf", "§ 112", "§ 113") in changes.last().changed
    assert {entry.account for entry in changes} == {samordnare}


def test_an_agreement_that_was_adopted_without_a_matter_gets_one(send, adopted):
    old = Agreement.objects.create(
        slug="2027-2028",
        title="Nästa",
        starts_on=date(2027, 1, 1),
        ends_on=date(2028, 12, 31),
        declaration=adopted.declaration,
        status="adopted",
    )

    send("/2027-2028/overenskommelse/beslut/", committee="Kommunstyrelsen", case_number="KS-2026/7")

    old.refresh_from_db()
    assert (old.matter.case_number, old.matter.title) == ("KS-2026/7", "Nästa")


@pytest.mark.parametrize("address", [ADOPT, DECISION])
@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"decided_on": "2024-10-01"}, {"decided_on": ["Dagen har inte varit än."]}),
        ({"committee": ""}, {"committee": ["Skriv vilken instans som beslutar."]}),
        ({"case_number": ""}, {"case_number": ["Skriv diarienumret."]}),
        (
            {"case_number": "KS-2020/1"},
            {"case_number": ["Diarienumret finns redan. Välj ärendet i listan i stället."]},
        ),
    ],
)
def test_a_decision_that_does_not_hold_is_told_and_kept(address, fields, wrong, send, draft):
    MatterFactory(case_number="KS-2020/1")

    response = send(address, **{"section": "§ 7"} | fields)

    assert faults(response) == wrong
    assert response.context["form"]["section"].value() == "§ 7"
    draft.refresh_from_db()
    assert (draft.is_draft, draft.matter.section) == (True, "")


def test_an_archived_agreement_has_no_page_for_it_and_late_words_are_kept(client, send, adopted):
    form = client.get(DECISION).context["form"]
    Agreement.objects.filter(pk=adopted.pk).update(status="archived")

    late = client.post(DECISION, {"version": form["version"].value(), "section": "§ 9"})

    assert client.get(DECISION)["Location"] == "/2025-2026/overenskommelse/"
    assert "Överenskommelsen är arkiverad och ändras inte." in faults(late)[None][0]
    assert late.context["form"]["section"].value() == "§ 9"
