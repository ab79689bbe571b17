"""A need follows on one in an earlier agreement, and says what became of it in the next."""

import pytest
from django.core.exceptions import ValidationError

from priorities.needs import actions
from tests.factories import AgreementFactory, NeedFactory, PriorityAreaFactory
from tests.priorities.conftest import faults
from tests.support.stored import rows

NEW, LATE = "/2025-2026/behov/ny/", "/2025-2026/behov/1/redigera/"
EARLY = "/2023-2024/behov/1/redigera/"
FOLD = "Koppla till en annan överenskommelse"


@rows
def early(agreement):
    return NeedFactory(priority_area=PriorityAreaFactory(agreement=agreement), problem="Mörkt. " * 100)


@rows
def late(early):
    agreement = AgreementFactory(next_period=True, draft=True)
    return NeedFactory(agreement=agreement, priority_area=PriorityAreaFactory(agreement=agreement))


def test_without_another_agreement_there_is_nothing_to_choose(client, early):
    assert FOLD not in client.get(EARLY).content.decode()
    assert FOLD not in client.get("/2023-2024/behov/ny/").content.decode()


def test_a_need_follows_on_an_earlier_one(send, client, early, late):
    page = client.get(LATE).content.decode()
    assert f"<summary>{FOLD}</summary>" in page
    assert f"Behov 1, 2023–2024: {' '.join(['Mörkt.'] * 11)} …</option>" in page

    send(LATE, predecessor=early.pk)
    late.refresh_from_db()
    assert late.predecessor == early
    send(LATE, problem="Ändrat.")
    late.refresh_from_db()
    assert (late.problem, late.predecessor) == ("Ändrat.", early)
    send(LATE, predecessor="")
    late.refresh_from_db()
    assert late.predecessor is None


def test_a_new_need_can_follow_on_an_earlier_one(send, early, late):
    send(NEW, problem="Fortfarande mörkt.", priority_area=late.priority_area_id, predecessor=early.pk)

    assert late.agreement.needs.get(number=2).predecessor == early


def test_what_became_of_it_is_told_when_there_is_a_later_agreement(send, client, early, late):
    send(EARLY, outcome="remains")

    early.refresh_from_db()
    assert early.outcome == "remains"
    assert "outcome" not in client.get(LATE).context["form"].fields
    assert "predecessor" not in client.get(EARLY).context["form"].fields


@pytest.mark.parametrize("pk", ["0", "999999", "x\x00", "9" * 40])
def test_a_need_that_is_not_in_the_list_is_refused_and_the_fields_unfolded(pk, send, early, late):
    response = send(LATE, predecessor=pk)

    assert faults(response) == {"predecessor": ["Välj bland dem som står i listan."]}
    assert response.context["form"].unfolds_succession


def test_an_outcome_that_is_none_is_refused(send, early, late):
    assert faults(send(EARLY, outcome="annat")) == {"outcome": ["Välj bland dem som står i listan."]}


def test_a_need_does_not_follow_on_itself_nor_on_a_later_one(samordnare, now, early, late):
    fields = {"priority_area": early.priority_area, "problem": "Mörkt.", "places": [], "sources": []}
    for other in (early, late):
        with pytest.raises(ValidationError) as error:
            actions.edit_need(by=samordnare, at=now, need=early, seen=None, predecessor=other, **fields)
        assert error.value.message_dict == {"predecessor": ["Välj ett behov i en tidigare överenskommelse."]}
        with pytest.raises(ValidationError):
            actions.add_need(by=samordnare, at=now, agreement=early.agreement, predecessor=other, **fields)


def test_what_an_archived_agreement_left_can_be_followed_on(send, early, late):
    type(early.agreement).objects.filter(pk=early.agreement_id).update(status="archived")

    assert send(LATE, predecessor=early.pk).status_code == 302
    late.refresh_from_db()
    assert late.predecessor == early
