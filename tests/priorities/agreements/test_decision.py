"""What is decided about an agreement is registered as it is adopted, or later, and touches nothing that was adopted."""

from datetime import date

import pytest

from parties.models import AuditEntry, Matter
from priorities.models import Agreement, AgreementParty
from tests.factories import AgreementFactory, MatterFactory
from tests.priorities.conftest import faults
from tests.support.as_sent import as_sent

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


def test_a_section_without_its_day_is_told_as_a_decision(client, send, adopted):
    send(DECISION, section="§ 112")

    assert "Beslut § 112" in client.get("/2025-2026/redigera/").content.decode()


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
    ],
)
def test_a_decision_that_does_not_hold_is_told_and_kept(address, fields, wrong, send, draft):
    response = send(address, **{"section": "§ 7"} | fields)

    assert faults(response) == wrong
    assert response.context["form"]["section"].value() == "§ 7"
    draft.refresh_from_db()
    assert (draft.is_draft, draft.matter.section) == (True, "")


def test_a_decision_that_was_typed_while_another_adopted_is_there_to_copy(client, draft, send):
    opened = as_sent(client.get(ADOPT).context["form"])
    send(ADOPT)

    late = client.post(ADOPT, opened | {"section": "§ 9"})

    assert "Överenskommelsen är redan fastställd." in faults(late)[None][0]
    assert late.context["form"]["section"].value() == "§ 9"
    page = late.content.decode()
    assert f'href="{DECISION}"' in page
    assert "Fastställ överenskommelsen</button>" not in page


# --- A matter that is not the agreement's alone -----------------------------------------------------------------------
def test_the_page_says_what_else_the_decision_holds_for(client, send, adopted):
    assert f"Ärendet hör också till {adopted.declaration}" in client.get(DECISION).content.decode()

    send(DECISION, **KNOWN)

    page = client.get("/2025-2026/avsiktsforklaring/").content.decode()
    assert ("16 september 2024" in page, "§ 112" in page) == (True, True)


def test_whoever_writes_the_matter_from_another_page_is_told_and_overwrites_nothing(client, send, adopted):
    page = "/2025-2026/avsiktsforklaring/redigera/arende/"
    opened = as_sent(client.get(page).context["form"])
    send(DECISION, **KNOWN)

    late = client.post(page, opened | {"section": "§ 9", "committee": ""})

    assert [each.label for each in late.context["form"].merged.both] == ["Instans", "Paragraf"]
    assert "112" in late.content.decode()
    assert Matter.objects.get(pk=adopted.matter_id).section == "§ 112"


def test_a_matter_of_an_archived_agreement_stays_as_it_is(send, adopted):
    old = AgreementFactory(declaration=adopted.declaration)
    Agreement.objects.filter(pk=old.pk).update(status="archived")

    refused = send(DECISION, **KNOWN)

    assert faults(refused) == {
        None: [f"Ärendet hör också till {old}, som är arkiverad, och ändras därför inte."]
    }
    assert Matter.objects.get(pk=adopted.matter_id).section == ""


def test_a_draft_leaves_a_common_matter_for_one_of_its_own(send, draft):
    send(ADOPT, case_number="KS-2024/7", **KNOWN)

    draft.refresh_from_db()
    kept = draft.declaration.matter
    assert (draft.matter.case_number, draft.matter.section) == ("KS-2024/7", "§ 112")
    assert (kept.case_number, kept.section) == ("KS-2022/941.142", "")


def test_a_draft_joins_the_matter_that_has_the_number_and_writes_only_what_is_empty_there(send, draft):
    there = MatterFactory(case_number="KS-2020/1", section="§ 3", decided_on=None)

    refused = send(ADOPT, case_number="KS–2020/1", section="§ 4", decided_on="16/9 2024")
    send(ADOPT, case_number="KS–2020/1", section="", decided_on="16/9 2024")

    assert faults(refused) == {
        "section": ["I ärendet KS-2020/1 står § 3. Skriv det, eller rätta diarienumret."]
    }
    draft.refresh_from_db()
    there.refresh_from_db()
    assert (draft.is_adopted, draft.matter) == (True, there)
    assert (there.case_number, there.section, there.decided_on) == ("KS-2020/1", "§ 3", date(2024, 9, 16))


def test_an_adopted_agreement_keeps_its_matter(send, adopted):
    MatterFactory(case_number="KS-2020/1")

    refused = send(DECISION, case_number="KS-2020/1")

    assert faults(refused) == {"case_number": ["Ett annat ärende har det diarienumret."]}
    assert send(DECISION, **KNOWN).status_code == 302


def test_an_archived_agreement_has_no_page_for_it_and_late_words_are_kept(client, send, adopted):
    form = client.get(DECISION).context["form"]
    Agreement.objects.filter(pk=adopted.pk).update(status="archived")

    late = client.post(DECISION, {"version": form["version"].value(), "section": "§ 9"})

    assert client.get(DECISION)["Location"] == "/2025-2026/overenskommelse/"
    assert "Överenskommelsen är arkiverad och ändras inte." in faults(late)[None][0]
    assert late.context["form"]["section"].value() == "§ 9"
