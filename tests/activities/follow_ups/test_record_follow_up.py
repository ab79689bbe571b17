"""Recording a follow-up as the responsible party, or as the coordinator on its behalf."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activities.follow_ups.actions import Answer, record_follow_up
from activities.models import Activity, FollowUp
from activities.states import Attainment, DecisionLevel, State
from priorities.models import Agreement
from samverkan.lib.editing.stale import Stale
from tests.factories import ActivityFactory, FollowUpFactory, RoundFactory, UserFactory
from tests.factories.activities import at_ten
from tests.support.stored import rows

pytestmark = pytest.mark.django_db

ON_TRACK = Answer(State.ON_TRACK)
AUGUST = date(2024, 8, 31)


def say(activity, by, at, answer=ON_TRACK, **form):
    return record_follow_up(
        activity=activity, by=by, at=at, answer=answer, **{"submission_key": uuid4()} | form
    )


@rows
def activity(db):
    """An activity led by Huge."""
    return ActivityFactory()


# --- What is saved -----------------------------------------------------------------------------------------
def test_all_that_was_answered_is_saved_with_who_said_it(activity, huge, huge_rep, now):
    answer = Answer(
        State.OFF_TRACK,
        what_happened="Upphandlingen är överklagad.",
        needed="Ett beslut om hur arbetet ska gå vidare.",
        decision_by=DecisionLevel.BOARD,
        actual=Decimal("0.5"),
    )
    key = uuid4()
    saved = say(activity, huge_rep, now, answer, submission_key=key)
    stored = FollowUp.objects.values().get()
    assert stored == {
        "id": saved.pk,
        "activity_id": activity.pk,
        "round_id": None,
        "party_id": huge.pk,
        "voice": "responsible",
        "author_id": huge_rep.pk,
        "author_title": "",
        "on_behalf": False,
        "refers_on": date(2024, 9, 30),
        "saved_at": now,
        "status": "ongoing",
        "assessment": "off_track",
        "what_happened": "Upphandlingen är överklagad.",
        "needed": "Ett beslut om hur arbetet ska gå vidare.",
        "decision_by": "board",
        "actual": Decimal("0.500"),
        "attainment": "",
        "unchanged": False,
        "replaces_id": None,
        "is_withdrawal": False,
        "submission_key": key,
    }


@pytest.mark.parametrize(
    "answer",
    [
        Answer(State.NOT_STARTED),
        Answer(State.ON_TRACK),
        Answer(State.AT_RISK, what_happened="Leveransen dröjer."),
        Answer(State.DONE, what_happened="Allt är klart.", attainment=Attainment.PARTLY),
    ],
    ids=lambda answer: answer.state,
)
def test_the_activity_has_the_state_that_was_said(answer, activity, huge_rep, now, today):
    say(activity, huge_rep, now, answer)
    assert list(Activity.objects.as_of(today).values_list("state", flat=True)) == [answer.state]


def test_a_done_activity_is_reopened_by_a_later_follow_up(huge_rep, now, today):
    say(ActivityFactory(done=True), huge_rep, now)
    assert list(Activity.objects.as_of(today).values_list("state", flat=True)) == [State.ON_TRACK]


def test_the_function_stays_as_it_was_when_it_was_said(activity, huge_rep, now):
    huge_rep.title = "Områdeschef"
    saved = say(activity, huge_rep, now)
    huge_rep.display_name, huge_rep.title = "Någon annan", "Vd"
    huge_rep.save()
    saved.refresh_from_db()
    assert saved.author_title == "Områdeschef"
    assert saved.speaker == "Områdeschef, Huge"


def test_the_coordinator_speaks_on_the_partys_behalf_and_it_shows(activity, samordnare, huge, now):
    saved = say(activity, samordnare, now)
    assert (saved.party, saved.author, saved.on_behalf) == (huge, samordnare, True)


def test_the_coordinator_of_the_leading_party_speaks_for_it(samordnare, kommunen, now):
    saved = say(ActivityFactory(lead=kommunen), samordnare, now)
    assert (saved.party, saved.on_behalf) == (kommunen, False)


# --- The day that it refers to -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("written_on", "refers_on", "is_in_the_round"),
    [
        (date(2024, 8, 30), date(2024, 8, 30), False),
        (date(2024, 9, 1), AUGUST, True),
        (date(2024, 9, 10), AUGUST, True),
        (date(2024, 9, 19), AUGUST, True),
        (date(2024, 9, 20), date(2024, 9, 20), False),
    ],
)
def test_what_is_written_in_a_round_refers_to_its_day(
    written_on, refers_on, is_in_the_round, activity, huge_rep
):
    round = RoundFactory(closed=True)
    saved = say(activity, huge_rep, at_ten(written_on))
    assert (saved.refers_on, saved.round) == (refers_on, round if is_in_the_round else None)


def test_in_a_round_whose_day_lies_ahead_it_refers_to_the_day_of_writing(activity, huge_rep):
    round = RoundFactory(as_of=date(2024, 12, 31), opens_on=date(2024, 12, 15), due_on=date(2025, 1, 24))
    saved = say(activity, huge_rep, at_ten(date(2024, 12, 20)))
    assert (saved.refers_on, saved.round) == (date(2024, 12, 20), round)


def test_the_day_is_that_of_stockholm(activity, huge_rep):
    saved = say(activity, huge_rep, datetime(2024, 9, 29, 22, 30, tzinfo=UTC))
    assert saved.refers_on == date(2024, 9, 30)


def test_of_two_follow_ups_in_the_same_moment_the_second_counts(activity, huge_rep, now, today):
    say(activity, huge_rep, now)
    second = say(activity, huge_rep, now, Answer(State.AT_RISK, what_happened="Leveransen dröjer."))
    assert second.saved_at == now + timedelta(microseconds=1)
    assert list(Activity.objects.as_of(today).values_list("state", flat=True)) == [State.AT_RISK]


def test_a_follow_up_written_by_a_clock_that_goes_slow_still_comes_last(activity, huge_rep, now):
    first = say(activity, huge_rep, now)
    second = say(activity, huge_rep, now - timedelta(minutes=5))
    assert second.saved_at == first.saved_at + timedelta(microseconds=1)


# --- Who may -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["polis_rep", "rep_without_party", "handlaggare", "admin", "lasare"])
def test_others_are_refused(who, polisen, now, request):
    activity = ActivityFactory(contributors=[polisen])
    with pytest.raises(PermissionDenied):
        say(activity, request.getfixturevalue(who), now)
    assert list(activity.follow_ups.all()) == []


@pytest.mark.parametrize("preparation", ["draft", "proposed", "returned"])
def test_what_is_not_agreed_is_not_followed_up(preparation, huge_rep, now):
    with pytest.raises(PermissionDenied):
        say(ActivityFactory(**{preparation: True}), huge_rep, now)


def test_what_is_archived_is_not_followed_up_even_by_a_page_that_was_opened_before(activity, huge_rep, now):
    Agreement.objects.update(status=Agreement.Status.ARCHIVED)
    with pytest.raises(PermissionDenied):
        say(activity, huge_rep, now)


def test_a_representative_does_not_cancel(activity, huge_rep, now):
    with pytest.raises(PermissionDenied):
        say(activity, huge_rep, now, Answer(State.CANCELLED, what_happened="Vi orkar inte."))
    assert list(activity.follow_ups.all()) == []


def test_the_coordinator_cancels(activity, samordnare, now, today):
    say(activity, samordnare, now, Answer(State.CANCELLED, what_happened="Parterna gör något annat."))
    assert list(Activity.objects.as_of(today).values_list("state", flat=True)) == [State.CANCELLED]


# --- What is refused ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("field", ["what_happened", "needed"])
@pytest.mark.parametrize(
    "text", ["Gäller 811228-9874.", "Två\x00ord", "å" * 5001], ids=["identity number", "NUL", "long"]
)
def test_a_text_that_must_not_be_saved_is_refused(field, text, activity, huge_rep, now):
    with pytest.raises(ValidationError) as refused:
        say(activity, huge_rep, now, Answer(State.ON_TRACK, **{field: text}))
    assert (list(refused.value.message_dict), activity.follow_ups.count()) == ([field], 0)


# --- The same form twice -----------------------------------------------------------------------------------
def test_a_form_sent_twice_saves_once(activity, huge_rep, now):
    key, answer = uuid4(), Answer(State.AT_RISK, what_happened="Leveransen dröjer.", actual=Decimal(3))
    first = say(activity, huge_rep, now, answer, submission_key=key)
    again = say(activity, huge_rep, now + timedelta(seconds=2), answer, submission_key=key)
    assert [first, again] == [FollowUp.objects.get()] * 2


def test_a_form_changed_after_it_was_saved_is_stale(activity, huge_rep, now):
    key = uuid4()
    say(activity, huge_rep, now, submission_key=key)
    with pytest.raises(Stale, match="redan sparat en gång, med annat innehåll"):
        say(activity, huge_rep, now, Answer(State.ON_TRACK, what_happened="Nytt."), submission_key=key)
    assert FollowUp.objects.get().what_happened == ""


def test_a_forms_key_serves_neither_another_person_nor_another_activity(
    activity, huge, huge_rep, samordnare, now
):
    key = uuid4()
    say(activity, huge_rep, now, submission_key=key)
    colleague = UserFactory(representative=True, party=huge)
    for by, about in [(colleague, activity), (samordnare, activity), (huge_rep, ActivityFactory())]:
        with pytest.raises(PermissionDenied):
            say(about, by, now, submission_key=key)
    assert FollowUp.objects.count() == 1


# --- Milestones --------------------------------------------------------------------------------------------
def test_milestones_are_ticked_along_with_the_follow_up(huge_rep, now, today):
    activity = ActivityFactory(milestones=["Kartlagt", "Upphandlat", "Klart"])
    kartlagt, upphandlat, _ = activity.milestones.order_by("pk")
    saved = say(activity, huge_rep, now, milestones=[kartlagt, upphandlat])
    ticked = list(activity.milestones.order_by("pk").values_list("title", "done_on", "ticked_by"))
    assert ticked == [("Kartlagt", today, saved.pk), ("Upphandlat", today, saved.pk), ("Klart", None, None)]


def test_a_milestone_is_ticked_on_the_day_in_stockholm(huge_rep):
    activity = ActivityFactory(milestones=["Kartlagt"])
    say(
        activity,
        huge_rep,
        datetime(2024, 9, 29, 22, 30, tzinfo=UTC),
        milestones=list(activity.milestones.all()),
    )
    assert activity.milestones.get().done_on == date(2024, 9, 30)


def test_ticking_changes_the_plan_and_a_follow_up_alone_does_not(huge_rep, now):
    activity = ActivityFactory(milestones=["Kartlagt", "Upphandlat"])
    say(activity, huge_rep, now)
    activity.refresh_from_db()
    assert activity.version == 1
    say(activity, huge_rep, now, milestones=list(activity.milestones.all()))
    activity.refresh_from_db()
    assert activity.version == 2


def test_who_ticked_and_when_stands_in_the_history(huge_rep, now):
    activity = ActivityFactory(milestones=["Kartlagt"])
    milestone = activity.milestones.get()
    say(activity, huge_rep, now, milestones=[milestone])
    record = milestone.past.latest()
    assert (record.history_user, record.history_date, record.done_on) == (huge_rep, now, now.date())


def test_what_is_done_already_keeps_its_day(huge_rep, now):
    activity = ActivityFactory(milestones=["Kartlagt"])
    activity.milestones.update(done_on=AUGUST)
    say(activity, huge_rep, now, milestones=list(activity.milestones.all()))
    milestone, version = activity.milestones.get(), Activity.objects.get().version
    assert (milestone.done_on, milestone.ticked_by, version) == (AUGUST, None, 1)


def test_another_activitys_milestones_are_left_alone(activity, huge_rep, now):
    other = ActivityFactory(milestones=["Kartlagt"])
    say(activity, huge_rep, now, milestones=list(other.milestones.all()))
    assert other.milestones.get().done_on is None


def test_the_short_facts_of_a_follow_up(activity):
    follow_up = FollowUpFactory(
        activity=activity,
        round=RoundFactory(),
        done=True,
        attainment=Attainment.PARTLY,
        actual=Decimal("12.5"),
    )
    assert follow_up.details == "Delår per 31 augusti 2024 · utfall 12,5 · målet delvis uppnått"
    assert FollowUpFactory(activity=activity).details == ""
