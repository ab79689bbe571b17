"""Replacing an agreed activity by another."""

from datetime import date
from uuid import uuid4

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError

from activities.editing.seen import Seen
from activities.models import Activity, FollowUp
from activities.planning.actions import accept_activity, propose_activity, replace_activity
from parties.models import User
from parties.roles import Role
from samverkan.lib.editing.stale import Stale
from tests.factories import (
    ActivityFactory,
    FollowUpFactory,
    NeedFactory,
    PriorityAreaFactory,
    RoundFactory,
    UserFactory,
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


def cancellations(activity) -> list[FollowUp]:
    return list(FollowUp.objects.filter(activity=activity, status="cancelled"))


@pytest.fixture
def agree(samordnare, huge_rep, now):
    """Both say yes to the draft: the coordinator proposes, and Huge accepts; or the other way round."""

    def agree(draft, *, proposer=samordnare, answerer=huge_rep):
        draft.needs.add(NeedFactory())
        proposed = propose_activity(activity=draft, by=proposer, at=now, version=draft.version)
        return accept_activity(activity=proposed, by=answerer, at=now, version=proposed.version)

    return agree


def test_the_old_one_goes_on_while_the_new_one_is_a_draft_or_a_proposal(replaced, old, samordnare, now):
    new = replaced()
    assert (new.replaces, new.replace_reason, new.preparation) == (old, WHY, "draft")
    assert cancellations(old) == []

    new.needs.add(NeedFactory())
    propose_activity(activity=new, by=samordnare, at=now, version=new.version)
    assert cancellations(old) == []


@pytest.mark.parametrize("proposes", ["coordinator", "party"])
def test_the_old_one_ends_with_the_reason_when_the_new_one_is_agreed(
    proposes, replaced, old, agree, samordnare, huge_rep
):
    """The coordinator is the author whoever says yes last: only coordinators cancel."""
    sides = {"proposer": huge_rep, "answerer": samordnare} if proposes == "party" else {}
    new = agree(replaced(), **sides)

    (follow_up,) = cancellations(old)
    assert (follow_up.what_happened, follow_up.author, follow_up.on_behalf) == (
        f"Ersätts av aktivitet {new.number}. {WHY}",
        samordnare,
        True,
    )


def test_a_proposer_who_is_no_coordinator_any_longer_leaves_it_to_another(
    replaced, old, samordnare, huge_rep, now
):
    new = replaced()
    new.needs.add(NeedFactory())
    proposed = propose_activity(activity=new, by=samordnare, at=now, version=new.version)
    User.objects.filter(pk=samordnare.pk).update(role=Role.READER)
    other = UserFactory(coordinator=True)
    accept_activity(activity=proposed, by=huge_rep, at=now, version=proposed.version)

    assert [each.author for each in cancellations(old)] == [other]


def test_those_of_the_old_one_get_a_mail_with_the_reason_once_it_ends(
    replaced, old, agree, polis_rep, huge_rep, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        new = replaced(title="I tunneln")
    assert mail.outbox == []
    with django_capture_on_commit_callbacks(execute=True):
        agree(new)

    ended = [one for one in mail.outbox if one.subject == "En aktivitet som Huge ansvarar för är avbruten"]
    assert [one.to for one in ended] == [[polis_rep.email]]  # and not Huge's own, who said the last yes
    assert f"Skäl: Ersätts av aktivitet {new.number}. {WHY}" in ended[0].body


def test_it_is_cancelled_as_of_today_and_not_as_of_the_open_rounds_day(replaced, old, agree):
    RoundFactory()
    agree(replaced())

    (cancelled,) = cancellations(old)
    assert (cancelled.refers_on, cancelled.round) == (date(2024, 9, 30), None)


def test_the_same_form_twice_replaces_once(replaced, old):
    key, seen = uuid4(), Seen.of(old)
    first, second = (replaced(submission_key=key, seen=seen) for _ in range(2))
    assert first == second
    assert old.replaced_by.get() == first


@pytest.mark.parametrize("state", ["on_track", "done"])
def test_what_has_been_replaced_is_not_replaced_again(state, replaced, old):
    FollowUpFactory(activity=old, refers_on=date(2024, 9, 1), **{state: True})
    new = replaced(seen=Seen.of(old))

    with pytest.raises(
        ValidationError, match=f"Aktivitet {old.number} ersätts redan av aktivitet {new.number}."
    ):
        replaced(seen=Seen.of(old))

    assert old.replaced_by.get() == new


def test_one_that_is_done_keeps_its_state(replaced, old, agree):
    FollowUpFactory(activity=old, done=True, refers_on=date(2024, 9, 1))
    agree(replaced(seen=Seen.of(old)))
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
    for given in ({"ends_on": date(2023, 1, 1)}, {"reason": ""}, {"reason": "å" * 5001}):
        with pytest.raises(ValidationError):
            replaced(**given)
    assert Activity.objects.get() == old
    assert not FollowUp.objects.filter(status="cancelled").exists()
