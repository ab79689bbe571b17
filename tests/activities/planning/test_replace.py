"""Replacing an agreed activity by another."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activities.editing.seen import Seen
from activities.models import Activity, FollowUp
from activities.planning.actions import replace_activity
from samverkan.lib.editing.stale import Stale
from tests.factories import (
    ActivityFactory,
    FollowUpFactory,
    PriorityAreaFactory,
)

pytestmark = pytest.mark.django_db
WHY = "Platsen byggs om."


@pytest.fixture
def replaced(old, samordnare, huge, now):
    """Replaces the old activity as the coordinator, with what a form opened now carries and the given values."""

    def replaced(**given):
        ordinary = {
            "activity": old,
            "by": samordnare,
            "at": now,
            "seen": Seen.of(old),
            "submission_key": uuid4(),
            "reason": WHY,
            "title": "I tunneln",
            "priority_area": PriorityAreaFactory(),
            "lead": huge,
            "starts_on": date(2024, 10, 1),
            "ends_on": date(2024, 12, 31),
        }
        return replace_activity(**ordinary | given)

    return replaced


def test_the_old_one_is_cancelled_with_the_reason_and_the_new_one_is_a_draft(replaced, old, samordnare):
    new = replaced()

    assert (new.replaces, new.replace_reason, new.preparation) == (old, WHY, "draft")
    follow_up = FollowUp.objects.states().filter(activity=old).newest_first().first()
    assert (follow_up.status, follow_up.what_happened, follow_up.author, follow_up.on_behalf) == (
        "cancelled",
        f"Ersätts av aktivitet {new.number}. {WHY}",
        samordnare,
        True,
    )


def test_the_same_form_twice_replaces_once(replaced, old):
    key, seen = uuid4(), Seen.of(old)
    first, second = (replaced(submission_key=key, seen=seen) for _ in range(2))
    assert first == second
    assert FollowUp.objects.filter(status="cancelled").count() == 1


@pytest.mark.parametrize("state", ["on_track", "done"])
def test_what_has_been_replaced_is_not_replaced_again(state, replaced, old):
    FollowUpFactory(activity=old, refers_on=date(2024, 9, 1), **{state: True})
    new = replaced(seen=Seen.of(old))

    with pytest.raises(
        ValidationError, match=f"Aktivitet {old.number} ersätts redan av aktivitet {new.number}."
    ):
        replaced(seen=Seen.of(old))

    assert old.replaced_by.get() == new


def test_one_that_is_done_keeps_its_state(replaced, old):
    FollowUpFactory(activity=old, done=True, refers_on=date(2024, 9, 1))
    replaced(seen=Seen.of(old))
    assert not FollowUp.objects.filter(status="cancelled").exists()


def test_a_follow_up_that_was_not_seen_stops_it(replaced, old):
    seen = Seen.of(old)
    FollowUpFactory(activity=old, at_risk=True, refers_on=date(2024, 9, 1))
    with pytest.raises(Stale):
        replaced(seen=seen)
    assert Activity.objects.get() == old


@pytest.mark.parametrize("who", ["huge_rep", "polis_rep", "handlaggare", "admin", "lasare"])
def test_only_the_coordinator_replaces(who, replaced, request):
    with pytest.raises(PermissionDenied):
        replaced(by=request.getfixturevalue(who))
    assert Activity.objects.count() == 1


def test_what_is_not_agreed_is_changed_and_not_replaced(replaced):
    with pytest.raises(PermissionDenied):
        replaced(activity=ActivityFactory(draft=True))


def test_nothing_is_replaced_by_halves(replaced, old):
    for given in ({"ends_on": date(2023, 1, 1)}, {"reason": ""}, {"reason": "å" * 5000}):
        with pytest.raises(ValidationError):
            replaced(**given)
    assert Activity.objects.get() == old
    assert not FollowUp.objects.filter(status="cancelled").exists()
