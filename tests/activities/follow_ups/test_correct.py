"""A correction replaces a follow-up, with the same day and round, while the round is open."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from activities.editing.seen import Seen, Settled
from activities.follow_ups.actions import Answer, record_correction, undo_follow_up
from activities.models import Activity, FollowUp, Question
from activities.states import State
from tests.factories import ActivityFactory, FollowUpFactory, QuestionFactory, RoundFactory
from tests.support.stored import rows

SOON = timedelta(minutes=5)
MINE = "Tjugo lyktor är klara."


@rows
def round(agreement):
    return RoundFactory()


@rows
def activity(agreement):
    return ActivityFactory(title="Belysning", milestones=["Kartlagt"], measure="Lyktor", measure_unit="antal")


@rows
def follow_up(round, activity, huge_rep):
    return FollowUpFactory(activity=activity, at_risk=True, round=round, author=huge_rep, actual=12)


def correct(follow_up, by, at, *, seen=None, key=None, state=State.ON_TRACK, **more):
    now = Seen.of(Activity.objects.get(pk=follow_up.activity_id), round_id=follow_up.round_id or 0)
    answer = Answer(state, what_happened=MINE)
    return record_correction(
        follow_up=follow_up,
        by=by,
        at=at,
        answer=answer,
        seen=seen or now,
        submission_key=key or uuid4(),
        **more,
    )


def state_on(day):
    return Activity.objects.as_of(day).values_list("state", flat=True).get()


def close(round, by=None, on=date(2024, 9, 30)):
    round.closed_on, round.closed_by = on, by
    round.save()


def test_it_speaks_of_the_same_day_in_the_same_round_and_decides(follow_up, round, samordnare, now, today):
    before = FollowUp.objects.filter(pk=follow_up.pk).values().get()

    correction = correct(follow_up, samordnare, now)

    inherited = ("replaces", "refers_on", "round", "party", "voice")
    assert [getattr(correction, name) for name in inherited] == [
        follow_up,
        date(2024, 8, 31),
        round,
        follow_up.party,
        "responsible",
    ]
    assert (correction.author, correction.on_behalf, correction.saved_at) == (samordnare, True, now)
    assert state_on(today) == State.ON_TRACK
    assert FollowUp.objects.filter(pk=follow_up.pk).values().get() == before


def test_undone_it_gives_the_original_and_its_question_back(follow_up, round, huge_rep, now, today):
    QuestionFactory(follow_up=follow_up)
    correction = correct(follow_up, huge_rep, now)
    assert not Question.objects.open_in([round]).exists()

    undo_follow_up(follow_up=correction, by=huge_rep, at=now + SOON)

    assert state_on(today) == State.AT_RISK
    assert Question.objects.open_in([round]).get().follow_up == follow_up


def test_what_is_ticked_along_with_it_is_unticked_with_it(follow_up, activity, huge_rep, now):
    correction = correct(follow_up, huge_rep, now, milestones=list(activity.milestones.all()))
    assert activity.milestones.get().ticked_by == correction

    undo_follow_up(follow_up=correction, by=huge_rep, at=now + SOON)
    assert activity.milestones.get().done_on is None


def test_the_same_form_twice_corrects_once(follow_up, huge_rep, now):
    key, seen = uuid4(), Seen.of(follow_up.activity, round_id=follow_up.round_id)
    first = correct(follow_up, huge_rep, now, key=key, seen=seen)
    assert correct(follow_up, huge_rep, now + SOON, key=key, seen=seen) == first
    assert follow_up.replaced_by.count() == 1


def test_of_two_corrections_the_slower_is_refused(follow_up, samordnare, huge_rep, now):
    seen = Seen.of(follow_up.activity, round_id=follow_up.round_id)
    correct(follow_up, samordnare, now, seen=seen)
    with pytest.raises(Settled, match="redan rättad"):
        correct(follow_up, huge_rep, now + SOON, seen=seen)


def test_a_correction_can_be_corrected(follow_up, huge_rep, now, today):
    correct(correct(follow_up, huge_rep, now), huge_rep, now + SOON, state=State.AT_RISK)
    assert state_on(today) == State.AT_RISK
    assert FollowUp.objects.states().count() == 1


def test_what_is_corrected_already_is_neither_corrected_nor_undone(follow_up, activity, huge_rep, now):
    fresh = FollowUpFactory(activity=activity, author=huge_rep, round=follow_up.round, saved_at=now)
    correct(fresh, huge_rep, now + SOON)
    with pytest.raises(Settled, match="redan rättad"):
        correct(fresh, huge_rep, now + SOON)
    with pytest.raises(ValidationError, match="redan rättad"):
        undo_follow_up(follow_up=fresh, by=huge_rep, at=now + SOON)


def test_an_older_follow_up_of_the_round_is_left_for_the_newer(follow_up, activity, huge_rep, now):
    FollowUpFactory(activity=activity, round=follow_up.round, saved_at=now)
    with pytest.raises(Settled, match="Det finns en nyare uppföljning"):
        correct(follow_up, huge_rep, now + SOON)


@pytest.mark.parametrize("who", ["polis_rep", "handlaggare", "admin", "lasare", "rep_without_party"])
def test_nobody_else_corrects(who, follow_up, now, request):
    with pytest.raises(PermissionDenied):
        correct(follow_up, request.getfixturevalue(who), now)


def test_only_the_coordinator_corrects_to_cancelled(follow_up, huge_rep, now):
    with pytest.raises(PermissionDenied):
        correct(follow_up, huge_rep, now, state=State.CANCELLED)


# --- Settled ---------------------------------------------------------------------------------------------------
def test_in_a_closed_round_nothing_is_corrected_and_nothing_undone(
    follow_up, round, samordnare, huge_rep, now
):
    fresh = correct(follow_up, huge_rep, now)
    close(round, samordnare)
    sentence = "Delår per 31 augusti 2024 stängdes 30 september 2024 av Samordnare trygghet."

    with pytest.raises(Settled, match=sentence):
        correct(fresh, huge_rep, now + SOON)
    with pytest.raises(ValidationError, match=sentence):
        undo_follow_up(follow_up=fresh, by=huge_rep, at=now + SOON)


def test_a_round_that_ended_as_the_next_opened_is_settled_too(follow_up, round, huge_rep, now):
    RoundFactory(planned=True, as_of=now.date(), opens_on=now.date(), due_on=now.date())
    with pytest.raises(Settled):
        correct(follow_up, huge_rep, now)


@pytest.mark.parametrize(
    ("closed_on", "can_be"), [(None, True), (date(2024, 9, 20), True), (date(2024, 9, 25), False)]
)
def test_between_rounds_what_was_said_since_the_last_one_can_be_corrected(
    closed_on, can_be, activity, huge_rep, now
):
    if closed_on:
        RoundFactory(closed_on=closed_on)
    follow_up = FollowUpFactory(activity=activity, refers_on=date(2024, 9, 20))

    if not can_be:
        with pytest.raises(Settled, match="hör till en tid som är avslutad"):
            correct(follow_up, huge_rep, now)
    else:
        corrected = correct(follow_up, huge_rep, now)
        assert (corrected.refers_on, corrected.round) == (date(2024, 9, 20), None)


# --- The page --------------------------------------------------------------------------------------------------
def page_of(follow_up):
    return reverse("correct_follow_up", args=[follow_up.pk])


@pytest.fixture
def send(client_for, huge_rep, follow_up):
    browser = client_for(huge_rep)
    form = browser.get(page_of(follow_up)).context["form"]
    hidden = {field.name: field.value() for field in form.hidden_fields()}

    def send(**fields):
        return browser.post(
            page_of(follow_up), hidden | {"state": "on_track", "what_happened": MINE} | fields
        )

    return send


def test_the_form_is_filled_with_what_was_said(follow_up, client_for, huge_rep):
    form = client_for(huge_rep).get(page_of(follow_up)).context["form"]
    assert {name: form[name].value() for name in ("state", "what_happened", "actual")} == {
        "state": "at_risk",
        "what_happened": "Leveransen dröjer.",
        "actual": "12",
    }


def test_saved_it_stands_in_the_log_with_what_it_corrects(follow_up, activity, send, client_for, huge_rep):
    response = send()

    page = client_for(huge_rep).get(response["Location"]).content.decode()
    correction = follow_up.replaced_by.get()
    assert response["Location"] == activity.get_absolute_url()
    assert f'<a href="#ord-{correction.pk}">Rättad</a> 30 september 2024' in page
    assert f'Rättar <a href="#ord-{follow_up.pk}">det som skrevs 31 augusti 2024</a>' in page


def test_a_fault_keeps_the_text(send, follow_up):
    page = send(state="off_track").content.decode()
    assert "Beskriv vad som behövs när läget är Avviker." in page
    assert MINE in page
    assert not follow_up.replaced_by.exists()


def test_nothing_new_is_no_correction(send, follow_up):
    send(unchanged="1")
    assert follow_up.replaced_by.get().unchanged is False


def test_closed_meanwhile_the_text_is_kept_and_saved_as_a_new_follow_up(
    send, follow_up, round, activity, samordnare, client_for, huge_rep, today
):
    close(round, samordnare)

    response = send()
    page = response.content.decode()
    assert "stängdes 30 september 2024 av Samordnare trygghet" in page
    assert "Spara som ny uppföljning" in page
    assert MINE in page
    assert not follow_up.replaced_by.exists()

    form = response.context["form"]
    again = {field.name: field.value() for field in form.hidden_fields()}
    address = reverse("follow_up", args=["2023-2024", activity.number])
    client_for(huge_rep).post(address, again | {"state": "on_track", "what_happened": MINE})
    saved = FollowUp.objects.get(what_happened=MINE)
    assert (saved.replaces, saved.round, saved.refers_on) == (None, None, today)


def test_corrected_meanwhile_the_text_stands_beside_and_is_saved_as_a_new_follow_up(
    send, follow_up, activity, samordnare, client_for, huge_rep, now
):
    correct(follow_up, samordnare, now)

    response = send()
    page = response.content.decode()
    assert "Uppföljningen är redan rättad eller ångrad. Inget av ditt är sparat än" in page
    assert "Sparat nu" in page
    assert "Spara som ny uppföljning" in page
    assert "tar dess plats" not in page

    form = response.context["form"]
    again = {field.name: field.value() for field in form.hidden_fields()}
    address = reverse("follow_up", args=["2023-2024", activity.number])
    client_for(huge_rep).post(address, again | {"state": "on_track", "what_happened": "Mitt eget."})
    assert FollowUp.objects.get(what_happened="Mitt eget.").replaces is None


@pytest.mark.parametrize("why", ["closed", "corrected", "contributor"])
def test_what_cannot_be_corrected_says_why_on_the_activitys_page(
    why, follow_up, round, client_for, huge_rep, now
):
    if why == "closed":
        close(round)
    elif why == "corrected":
        correct(follow_up, huge_rep, now)
    else:
        follow_up = FollowUpFactory(activity=follow_up.activity, contributor=True)
    browser = client_for(huge_rep)

    response = browser.get(page_of(follow_up))

    assert response["Location"] == follow_up.activity.get_absolute_url()
    sentence = {"closed": "rättas inte", "corrected": "redan rättad", "contributor": "ansvariga partens"}[why]
    assert sentence in browser.get(response["Location"]).content.decode()


def test_the_log_offers_it_for_the_follow_up_that_decides_and_to_those_who_may(
    follow_up, activity, client_for, huge_rep, polis_rep, samordnare
):
    FollowUpFactory(activity=activity, refers_on=date(2024, 3, 31))

    def links(user):
        page = client_for(user).get(activity.get_absolute_url()).content.decode()
        return [page.count("/ratta/"), page.count("/fraga/")]

    assert [links(user) for user in (huge_rep, samordnare, polis_rep)] == [[1, 0], [1, 1], [0, 0]]
