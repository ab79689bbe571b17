"""A correction takes a word's place: of the same day, in the same round, as long as the round is open."""

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

SOON = timedelta(minutes=5)
MINE = "Tjugo lyktor är klara."


@pytest.fixture
def round(agreement):
    return RoundFactory()


@pytest.fixture
def activity(agreement):
    return ActivityFactory(title="Belysning", milestones=["Kartlagt"], measure="Lyktor", measure_unit="antal")


@pytest.fixture
def word(round, activity, huge_rep):
    return FollowUpFactory(activity=activity, at_risk=True, round=round, author=huge_rep, actual=12)


def correct(word, by, at, *, seen=None, key=None, state=State.ON_TRACK, **more):
    now = Seen.of(Activity.objects.get(pk=word.activity_id), round_id=word.round_id or 0)
    answer = Answer(state, what_happened=MINE)
    return record_correction(
        follow_up=word, by=by, at=at, answer=answer, seen=seen or now, submission_key=key or uuid4(), **more
    )


def state_on(day):
    return Activity.objects.as_of(day).values_list("state", flat=True).get()


def close(round, by=None, on=date(2024, 9, 30)):
    round.closed_on, round.closed_by = on, by
    round.save()


def test_it_speaks_of_the_same_day_in_the_same_round_and_decides(word, round, samordnare, now, today):
    before = FollowUp.objects.filter(pk=word.pk).values().get()

    correction = correct(word, samordnare, now)

    inherited = ("replaces", "refers_on", "round", "party", "voice")
    assert [getattr(correction, name) for name in inherited] == [
        word,
        date(2024, 8, 31),
        round,
        word.party,
        "responsible",
    ]
    assert (correction.author, correction.on_behalf, correction.saved_at) == (samordnare, True, now)
    assert state_on(today) == State.ON_TRACK
    assert FollowUp.objects.filter(pk=word.pk).values().get() == before


def test_undone_it_gives_the_original_and_its_question_back(word, round, huge_rep, now, today):
    QuestionFactory(follow_up=word)
    correction = correct(word, huge_rep, now)
    assert not Question.objects.open_in([round]).exists()

    undo_follow_up(follow_up=correction, by=huge_rep, at=now + SOON)

    assert state_on(today) == State.AT_RISK
    assert Question.objects.open_in([round]).get().follow_up == word


def test_what_is_ticked_along_with_it_is_unticked_with_it(word, activity, huge_rep, now):
    correction = correct(word, huge_rep, now, milestones=list(activity.milestones.all()))
    assert activity.milestones.get().ticked_by == correction

    undo_follow_up(follow_up=correction, by=huge_rep, at=now + SOON)
    assert activity.milestones.get().done_on is None


def test_the_same_form_twice_corrects_once(word, huge_rep, now):
    key, seen = uuid4(), Seen.of(word.activity, round_id=word.round_id)
    first = correct(word, huge_rep, now, key=key, seen=seen)
    assert correct(word, huge_rep, now + SOON, key=key, seen=seen) == first
    assert word.replaced_by.count() == 1


def test_of_two_corrections_the_slower_is_told(word, samordnare, huge_rep, now):
    seen = Seen.of(word.activity, round_id=word.round_id)
    correct(word, samordnare, now, seen=seen)
    with pytest.raises(Settled, match="redan rättad"):
        correct(word, huge_rep, now + SOON, seen=seen)


def test_a_correction_can_be_corrected(word, huge_rep, now, today):
    correct(correct(word, huge_rep, now), huge_rep, now + SOON, state=State.AT_RISK)
    assert state_on(today) == State.AT_RISK
    assert FollowUp.objects.states().count() == 1


def test_what_is_corrected_already_is_neither_corrected_nor_undone(word, activity, huge_rep, now):
    fresh = FollowUpFactory(activity=activity, author=huge_rep, round=word.round, saved_at=now)
    correct(fresh, huge_rep, now + SOON)
    with pytest.raises(Settled, match="redan rättad"):
        correct(fresh, huge_rep, now + SOON)
    with pytest.raises(ValidationError, match="redan rättad"):
        undo_follow_up(follow_up=fresh, by=huge_rep, at=now + SOON)


def test_an_older_word_of_the_round_is_left_for_the_newer(word, activity, huge_rep, now):
    FollowUpFactory(activity=activity, round=word.round, saved_at=now)
    with pytest.raises(Settled, match="Det finns en nyare uppföljning"):
        correct(word, huge_rep, now + SOON)


@pytest.mark.parametrize("who", ["polis_rep", "handlaggare", "admin", "lasare", "rep_without_party"])
def test_nobody_else_corrects(who, word, now, request):
    with pytest.raises(PermissionDenied):
        correct(word, request.getfixturevalue(who), now)


def test_only_the_coordinator_corrects_to_cancelled(word, huge_rep, now):
    with pytest.raises(PermissionDenied):
        correct(word, huge_rep, now, state=State.CANCELLED)


# --- Settled ---------------------------------------------------------------------------------------------------
def test_in_a_closed_round_nothing_is_corrected_and_nothing_undone(word, round, samordnare, huge_rep, now):
    fresh = correct(word, huge_rep, now)
    close(round, samordnare)
    told = "Delår per 31 augusti 2024 stängdes 30 september 2024 av Samordnare trygghet."

    with pytest.raises(Settled, match=told):
        correct(fresh, huge_rep, now + SOON)
    with pytest.raises(ValidationError, match=told):
        undo_follow_up(follow_up=fresh, by=huge_rep, at=now + SOON)


def test_a_round_that_ended_as_the_next_opened_is_settled_too(word, round, huge_rep, now):
    RoundFactory(planned=True, as_of=now.date(), opens_on=now.date(), due_on=now.date())
    with pytest.raises(Settled):
        correct(word, huge_rep, now)


@pytest.mark.parametrize(
    ("closed_on", "can_be"), [(None, True), (date(2024, 9, 20), True), (date(2024, 9, 25), False)]
)
def test_between_rounds_what_was_said_since_the_last_one_can_be_corrected(
    closed_on, can_be, activity, huge_rep, now
):
    if closed_on:
        RoundFactory(closed_on=closed_on)
    word = FollowUpFactory(activity=activity, refers_on=date(2024, 9, 20))

    if not can_be:
        with pytest.raises(Settled, match="hör till en tid som är avslutad"):
            correct(word, huge_rep, now)
    else:
        corrected = correct(word, huge_rep, now)
        assert (corrected.refers_on, corrected.round) == (date(2024, 9, 20), None)


# --- The page --------------------------------------------------------------------------------------------------
def page_of(word):
    return reverse("correct_follow_up", args=[word.pk])


@pytest.fixture
def send(client_for, huge_rep, word):
    browser = client_for(huge_rep)
    form = browser.get(page_of(word)).context["form"]
    hidden = {field.name: field.value() for field in form.hidden_fields()}

    def send(**fields):
        return browser.post(page_of(word), hidden | {"state": "on_track", "what_happened": MINE} | fields)

    return send


def test_the_form_is_filled_with_what_was_said(word, client_for, huge_rep):
    form = client_for(huge_rep).get(page_of(word)).context["form"]
    assert {name: form[name].value() for name in ("state", "what_happened", "actual")} == {
        "state": "at_risk",
        "what_happened": "Leveransen dröjer.",
        "actual": "12",
    }


def test_saved_it_stands_in_the_log_with_what_it_corrects(word, activity, send, client_for, huge_rep):
    response = send()

    page = client_for(huge_rep).get(response["Location"]).content.decode()
    correction = word.replaced_by.get()
    assert response["Location"] == activity.get_absolute_url()
    assert f'<a href="#ord-{correction.pk}">Rättad</a> 30 september 2024' in page
    assert f'Rättar <a href="#ord-{word.pk}">det som skrevs 31 augusti 2024</a>' in page


def test_a_fault_keeps_every_word(send, word):
    page = send(state="off_track").content.decode()
    assert "Beskriv vad som behövs när läget är Avviker." in page
    assert MINE in page
    assert not word.replaced_by.exists()


def test_nothing_new_is_no_correction(send, word):
    send(unchanged="1")
    assert word.replaced_by.get().unchanged is False


def test_closed_meanwhile_the_words_are_kept_and_saved_as_a_new_follow_up(
    send, word, round, activity, samordnare, client_for, huge_rep, today
):
    close(round, samordnare)

    response = send()
    page = response.content.decode()
    assert "stängdes 30 september 2024 av Samordnare trygghet" in page
    assert "Spara som ny uppföljning" in page
    assert MINE in page
    assert not word.replaced_by.exists()

    form = response.context["form"]
    again = {field.name: field.value() for field in form.hidden_fields()}
    address = reverse("follow_up", args=["2023-2024", activity.number])
    client_for(huge_rep).post(address, again | {"state": "on_track", "what_happened": MINE})
    saved = FollowUp.objects.get(what_happened=MINE)
    assert (saved.replaces, saved.round, saved.refers_on) == (None, None, today)


def test_corrected_meanwhile_the_words_stand_beside_and_are_saved_as_a_new_follow_up(
    send, word, activity, samordnare, client_for, huge_rep, now
):
    correct(word, samordnare, now)

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
def test_what_cannot_be_corrected_says_why_on_the_activitys_page(why, word, round, client_for, huge_rep, now):
    if why == "closed":
        close(round)
    elif why == "corrected":
        correct(word, huge_rep, now)
    else:
        word = FollowUpFactory(activity=word.activity, contributor=True)
    browser = client_for(huge_rep)

    response = browser.get(page_of(word))

    assert response["Location"] == word.activity.get_absolute_url()
    sentence = {"closed": "rättas inte", "corrected": "redan rättad", "contributor": "ansvariga partens"}[why]
    assert sentence in browser.get(response["Location"]).content.decode()


def test_the_log_offers_it_for_the_word_that_decides_and_to_those_who_may(
    word, activity, client_for, huge_rep, polis_rep, samordnare
):
    FollowUpFactory(activity=activity, refers_on=date(2024, 3, 31))

    def links(user):
        page = client_for(user).get(activity.get_absolute_url()).content.decode()
        return [page.count("/ratta/"), page.count("/fraga/")]

    assert [links(user) for user in (huge_rep, samordnare, polis_rep)] == [[1, 0], [1, 1], [0, 0]]
