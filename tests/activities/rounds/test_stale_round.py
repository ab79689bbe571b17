"""A round closes, or another opens, while somebody writes: the page says which, when and by whom, and keeps the text."""

from datetime import date
from threading import Event
from uuid import uuid4

import pytest
from django.db import transaction

from activities.editing.seen import RoundMoved, Seen
from activities.follow_ups.actions import Answer, record_follow_up, record_unchanged
from activities.models import FollowUp, Round
from activities.states import State
from tests.factories import ActivityFactory, FollowUpFactory, RoundFactory
from tests.support.at_once import People

MINE = "Min egen text."


@pytest.fixture
def activity(agreement):
    return ActivityFactory()


def save(activity, by, at, seen):
    answer = Answer(State.ON_TRACK, what_happened=MINE)
    return record_follow_up(activity=activity, by=by, at=at, answer=answer, seen=seen, submission_key=uuid4())


def refused(activity, by, at, seen):
    with pytest.raises(RoundMoved) as moved:
        save(activity, by, at, seen)
    assert not FollowUp.objects.exists()
    return str(moved.value)


def close(round, by=None):
    round.closed_on, round.closed_by = date(2024, 9, 30), by
    round.save()


def test_closed_by_somebody_what_is_written_belongs_to_none(activity, huge_rep, samordnare, now):
    round = RoundFactory()
    seen = Seen.of(activity, round_id=round.pk)
    close(round, samordnare)
    assert refused(activity, huge_rep, now, seen) == (
        "Delår per 31 augusti 2024 stängdes 30 september 2024 av Samordnare trygghet. "
        "Det du skriver gäller nu läget i dag, den 30 september 2024."
    )


def test_closed_by_nobody_known_and_the_next_has_opened(activity, huge_rep, now):
    round = RoundFactory()
    seen = Seen.of(activity, round_id=round.pk)
    close(round)
    RoundFactory(label="Helår 2024", as_of=date(2024, 12, 31), opens_on=now.date(), due_on=now.date())
    assert refused(activity, huge_rep, now, seen) == (
        "Delår per 31 augusti 2024 stängdes 30 september 2024. "
        "Det du skriver gäller nu läget i dag, den 30 september 2024."
    )


def test_one_has_opened_where_there_was_none(activity, huge_rep, now):
    seen = Seen.of(activity, round_id=0)
    RoundFactory()
    assert refused(activity, huge_rep, now, seen) == (
        "Delår per 31 augusti 2024 öppnade 1 september 2024. "
        "Det du skriver gäller nu läget den 31 augusti 2024."
    )


def test_the_next_has_opened_without_the_first_being_closed(activity, huge_rep, now):
    seen = Seen.of(activity, round_id=RoundFactory().pk)
    RoundFactory(label="Helår 2024", as_of=date(2024, 12, 31), opens_on=now.date(), due_on=now.date())
    assert refused(activity, huge_rep, now, seen).startswith("Helår 2024 öppnade 30 september 2024.")


@pytest.mark.parametrize("round_id", [999_999, -1])
def test_a_round_that_is_none_is_told_of_like_any(round_id, activity, huge_rep, now):
    seen = Seen.of(activity, round_id=round_id)
    assert refused(activity, huge_rep, now, seen) == (
        "Det du skriver gäller nu läget i dag, den 30 september 2024."
    )


def test_nothing_new_is_not_said_in_another_round_either(activity, huge_rep, now):
    round = RoundFactory()
    FollowUpFactory(activity=activity, refers_on=date(2024, 3, 31))
    seen = Seen.of(activity, round_id=round.pk)
    close(round)
    with pytest.raises(RoundMoved):
        record_unchanged(activity=activity, by=huge_rep, at=now, seen=seen, submission_key=uuid4())
    assert FollowUp.objects.count() == 1


def test_the_form_keeps_every_word_and_goes_through_the_second_time(
    activity, huge_rep, samordnare, client_for, today
):
    round, browser = RoundFactory(), client_for(huge_rep)
    form = browser.get("/mitt-arbete/").context["form"]
    hidden = {field.name: field.value() for field in form.hidden_fields()}
    sent = {"aktivitet": activity.pk, "state": "on_track", "what_happened": MINE}
    close(round, samordnare)

    response = browser.post("/mitt-arbete/", hidden | sent)
    page = response.content.decode()
    assert "stängdes 30 september 2024 av Samordnare trygghet" in page
    assert "din text finns kvar" in page
    assert MINE in page
    assert not FollowUp.objects.exists()

    fresh = {field.name: field.value() for field in response.context["form"].hidden_fields()}
    browser.post("/mitt-arbete/", fresh | sent)
    assert FollowUp.objects.values_list("what_happened", "round", "refers_on").get() == (MINE, None, today)


def test_what_another_saved_stands_beside_ones_own_ready_to_save(activity, huge_rep, samordnare, client_for):
    RoundFactory()
    one, other = client_for(huge_rep), client_for(samordnare)
    address = f"{activity.get_absolute_url()}folj-upp/"

    def opened(browser):
        form = browser.get(address).context["form"]
        return {field.name: field.value() for field in form.hidden_fields()}

    mine, theirs = opened(one), opened(other)
    other.post(address, theirs | {"state": "at_risk", "what_happened": "Leveransen dröjer."})

    response = one.post(address, mine | {"state": "on_track", "what_happened": MINE})
    page = response.content.decode()
    assert (
        page.index("Sparat nu") < page.index("Leveransen dröjer.") < page.index("Ditt <") < page.index(MINE)
    )
    assert response.context["form"].theirs.what_happened == "Leveransen dröjer."

    fresh = {field.name: field.value() for field in response.context["form"].hidden_fields()}
    one.post(address, fresh | {"state": "on_track", "what_happened": MINE})
    assert FollowUp.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_follow_up_waits_for_the_closing_that_has_begun(agreement, huge_rep, now, tmp_path):
    activity, round = ActivityFactory(), RoundFactory()
    seen, held, sent = Seen.of(activity, round_id=round.pk), Event(), Event()

    def closes():
        with transaction.atomic():
            Round.objects.select_for_update().get(pk=round.pk)
            held.set()
            sent.wait(timeout=10)
            Event().wait(timeout=0.5)  # without the lock it would be saved by now
            Round.objects.filter(pk=round.pk).update(closed_on=now.date())

    def writes():
        held.wait(timeout=10)
        sent.set()
        return save(activity, huge_rep, now, seen)

    people = People(tmp_path)
    _, answer = people.do(closes, writes)

    assert type(answer) is RoundMoved
    assert people.see(FollowUp.objects.count) == 0


@pytest.mark.django_db(transaction=True)
def test_a_closing_waits_for_the_follow_up_that_is_being_saved(agreement, huge_rep, now, tmp_path):
    activity, round = ActivityFactory(), RoundFactory()
    seen, saved, sent = Seen.of(activity, round_id=round.pk), Event(), Event()

    def writes():
        with transaction.atomic():
            follow_up = save(activity, huge_rep, now, seen)
            saved.set()
            sent.wait(timeout=10)
            Event().wait(timeout=0.5)
            return follow_up.round_id

    def closes():
        saved.wait(timeout=10)
        sent.set()
        with transaction.atomic():
            Round.objects.select_for_update().get(pk=round.pk)
            return FollowUp.objects.filter(round=round.pk).count()

    people = People(tmp_path)
    assert people.do(writes, closes) == [round.pk, 1]
