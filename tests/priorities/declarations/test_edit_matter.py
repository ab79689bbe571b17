"""The matter and the declaration of a draft agreement: its own, or existing ones."""

from datetime import date

import pytest

from parties.models import Declaration, Matter
from priorities.models import Agreement
from tests.factories import (
    AgreementFactory,
    DeclarationFactory,
    MatterFactory,
)
from tests.priorities.conftest import faults

pytestmark = pytest.mark.one_database

MATTER = "/2025-2026/redigera/arende/"
OWN_MATTER = {
    "case_number": "KS-2024/1",
    "matter_title": "Överenskommelse 2025–2026",
    "committee": "Kommunstyrelsen",
    "decided_on": "10 december 2024",
    "section": "§ 12",
    "outcome": "Godkänns.",
}


def test_the_agreements_own_matter_and_declaration_are_written_and_changed(send, draft):
    own = {
        "declaration": "eget",
        "declaration_title": "Avsiktsförklaring 2025–2028",
        "valid_from": "2025-01-01",
        "valid_to": "2028-12-31",
    }
    AgreementFactory(declaration=draft.declaration)
    assert send(MATTER, matter="eget", **OWN_MATTER, **own).status_code == 302
    send(MATTER, outcome="Godkänns med ändring.")

    draft.refresh_from_db()
    assert (draft.matter.case_number, draft.matter.decided_on, draft.matter.outcome) == (
        "KS-2024/1",
        date(2024, 12, 10),
        "Godkänns med ändring.",
    )
    assert (draft.declaration.title, draft.declaration.valid_to) == (
        "Avsiktsförklaring 2025–2028",
        date(2028, 12, 31),
    )
    assert (Matter.objects.count(), Declaration.objects.count()) == (2, 2)


def test_what_stands_in_the_fields_is_meant_when_no_matter_is_chosen(send, draft):
    Agreement.objects.update(matter=None)

    send(MATTER, matter="", **OWN_MATTER)

    draft.refresh_from_db()
    assert draft.matter.case_number == "KS-2024/1"


def test_one_that_is_there_can_be_chosen(send, draft):
    matter = MatterFactory(case_number="KS-2024/9")
    declaration = DeclarationFactory(title="Avsiktsförklaring 2027–2030", matter=matter)

    send(
        MATTER, matter=matter.pk, declaration=declaration.pk, declaration_title="", valid_from="", valid_to=""
    )

    draft.refresh_from_db()
    assert (draft.matter, draft.declaration) == (matter, declaration)


def test_a_case_number_is_not_taken_twice(send, draft):
    MatterFactory(case_number="KS-2024/1")

    response = send(MATTER, matter="eget", **OWN_MATTER)

    assert faults(response) == {"case_number": ["Diarienumret finns redan. Välj ärendet i listan i stället."]}


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"matter": "999999"}, {"matter": ["Välj ett ärende i listan."]}),
        ({"declaration": "x\x00"}, {"declaration": ["Välj en avsiktsförklaring i listan."]}),
        (
            {"matter": "eget"},
            {
                "case_number": ["Skriv diarienumret."],
                "matter_title": ["Skriv ärendets rubrik."],
                "committee": ["Skriv vilken instans som beslutar."],
            },
        ),
    ],
)
def test_what_is_not_in_the_list_or_not_told_is_refused(fields, wrong, send, draft):
    assert faults(send(MATTER, **fields)) == wrong
