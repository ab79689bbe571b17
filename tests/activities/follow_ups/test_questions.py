"""A question about a follow-up puts it back on the party's list until it is corrected."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from activities.editing.seen import Seen
from activities.follow_ups.actions import (
    Answer,
    ask_about,
    record_correction,
    record_follow_up,
    take_back_question,
    undo_follow_up,
)
from activities.models import Activity, Question
from activities.states import State
from activities.waiting import waiting_in
from parties.models import Deputy
from tests.factories import ActivityFactory, FollowUpFactory, QuestionFactory, RoundFactory, UserFactory
from tests.support.stored import rows

SOON = timedelta(minutes=5)
TEXT = "Hur många lyktor är klara?"


@rows
def round(agreement):
    return RoundFactory()


@rows
def follow_up(round, huge_rep):
    """Huge's follow-up in the open round."""
    return FollowUpFactory(activity=ActivityFactory(title="Belysning"), round=round, author=huge_rep)


def waiting(round, today):
    rows = Activity.objects.as_of(today).filter(waiting_in([round], today))
    return list(rows.values_list("title", flat=True))


def ask(follow_up, by, now, text=TEXT):
    return ask_about(follow_up=follow_up, by=by, at=now, text=text)


def corrected(follow_up, by, at, *, state=State.ON_TRACK):
    seen = Seen.of(follow_up.activity, round_id=follow_up.round_id)
    said = Answer(state, what_happened="Tjugo lyktor är klara.")
    key = {"submission_key": uuid4()}
    return record_correction(follow_up=follow_up, by=by, at=at, answer=said, seen=seen, **key)


def test_what_is_asked_about_waits_again_and_still_counts(follow_up, round, samordnare, now, today):
    assert waiting(round, today) == []

    question = ask(follow_up, samordnare, now)

    assert waiting(round, today) == ["Belysning"]
    assert not Activity.objects.as_of(today).not_updated(today=today, round=round).exists()
    assert (question.text, question.asker, question.asked_at) == (TEXT, "Samordnare trygghet", now)


def test_a_correction_answers_it_and_undoing_the_correction_asks_again(
    follow_up, round, samordnare, huge_rep, now, today
):
    ask(follow_up, samordnare, now)

    correction = corrected(follow_up, huge_rep, now + SOON)
    assert waiting(round, today) == []

    undo_follow_up(follow_up=correction, by=huge_rep, at=now + 2 * SOON)
    assert waiting(round, today) == ["Belysning"]


def test_a_follow_up_that_is_undone_takes_the_question_with_it(round, samordnare, huge_rep, now, today):
    activity = ActivityFactory(title="Belysning")
    follow_up = record_follow_up(
        activity=activity, by=huge_rep, at=now, answer=Answer(State.ON_TRACK), submission_key=uuid4()
    )
    ask(follow_up, samordnare, now)
    undo_follow_up(follow_up=follow_up, by=huge_rep, at=now + SOON)

    assert waiting(round, today) == ["Belysning"]  # since nothing is said in the round
    assert not Question.objects.open_in([round]).exists()


def test_a_question_is_taken_back_once(follow_up, round, samordnare, now, today):
    question = ask(follow_up, samordnare, now)

    first = take_back_question(question=question, by=samordnare, at=now + SOON)
    again = take_back_question(question=question, by=samordnare, at=now + 2 * SOON)

    assert [first.taken_back_at, again.taken_back_at] == [now + SOON] * 2
    assert waiting(round, today) == []


def test_an_answered_question_is_not_taken_back(follow_up, samordnare, huge_rep, now):
    question = ask(follow_up, samordnare, now)
    corrected(follow_up, huge_rep, now + SOON)

    with pytest.raises(ValidationError, match="Frågan är redan besvarad"):
        take_back_question(question=question, by=samordnare, at=now + 2 * SOON)


def test_the_same_question_twice_is_one_and_another_is_refused(follow_up, samordnare, now):
    assert ask(follow_up, samordnare, now) == ask(follow_up, samordnare, now + SOON)
    with pytest.raises(ValidationError, match="Det finns redan en fråga"):
        ask(follow_up, samordnare, now, text="Och när?")
    assert Question.objects.count() == 1


@pytest.mark.parametrize("who", ["huge_rep", "polis_rep", "handlaggare", "admin", "lasare"])
def test_only_the_coordinator_asks_and_takes_back(who, follow_up, samordnare, now, request):
    user = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        ask(follow_up, user, now)
    question = ask(follow_up, samordnare, now)
    with pytest.raises(PermissionDenied):
        take_back_question(question=question, by=user, at=now)


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        ({"round": None}, "Det går bara att fråga om det som är sagt i en öppen omgång."),
        (
            {"contributor": True, "party__polisen": True},
            "Det går bara att fråga om den ansvariga partens uppföljning.",
        ),
    ],
)
def test_what_is_not_the_responsible_partys_follow_up_in_the_open_round_is_not_asked_about(
    made, sentence, round, samordnare, now
):
    follow_up = FollowUpFactory(activity=ActivityFactory(), **{"round": round} | made)
    with pytest.raises(ValidationError) as refused:
        ask(follow_up, samordnare, now)
    assert refused.value.messages == [sentence]


def test_only_the_newest_follow_up_is_asked_about(follow_up, round, samordnare, now):
    FollowUpFactory(activity=follow_up.activity, round=round, saved_at=now)
    with pytest.raises(ValidationError, match="Det finns en nyare uppföljning"):
        ask(follow_up, samordnare, now)


def test_nothing_is_asked_about_once_the_round_is_closed(follow_up, round, samordnare, now):
    round.closed_on, round.closed_by = now.date(), samordnare
    round.save()
    with pytest.raises(ValidationError) as refused:
        ask(follow_up, samordnare, now)
    assert refused.value.messages[0] == (
        "Delår per 31 augusti 2024 stängdes 30 september 2024 av Samordnare trygghet. "
        "Det som är sagt i den står kvar."
    )


# --- The pages -------------------------------------------------------------------------------------------------
def page_of(follow_up):
    return reverse("ask_about", args=[follow_up.pk])


def test_the_page_shows_the_follow_up_and_says_what_happens(follow_up, samordnare, client_for):
    browser = client_for(samordnare)

    shown = browser.get(page_of(follow_up)).content.decode()
    assert "följer med i nästa mejl, högst ett om dagen" in shown

    response = browser.post(page_of(follow_up), {"text": TEXT}, follow=True)
    page = response.content.decode()
    assert "Frågan är ställd. Huge ser den på Mitt arbete." in page
    assert TEXT in page
    assert "Ta tillbaka frågan" in page


@pytest.mark.parametrize("text", ["", "   ", "NUL \x00", "x" * 100_000, "Ring 19811218-9876"])
def test_what_cannot_be_asked_is_a_sentence_at_the_field_with_the_text_kept(
    text, follow_up, samordnare, client_for
):
    response = client_for(samordnare).post(page_of(follow_up), {"text": text})

    assert response.context["form"].errors.keys() == {"text"}
    assert response.context["form"]["text"].value() == text
    assert not Question.objects.exists()


def test_a_question_that_comes_too_late_keeps_its_text(follow_up, round, samordnare, client_for, today):
    round.closed_on = today
    round.save()
    browser = client_for(samordnare)

    page = browser.post(page_of(follow_up), {"text": TEXT}).content.decode()
    assert "Det som är sagt i den står kvar." in page
    assert TEXT in page
    assert browser.get(page_of(follow_up))["Location"] == follow_up.activity.get_absolute_url()


def test_taking_back_from_the_log(follow_up, samordnare, client_for, round, today):
    QuestionFactory(follow_up=follow_up, text=TEXT)
    response = client_for(samordnare).post(reverse("take_back_question", args=[follow_up.pk]), follow=True)

    assert "Frågan är tillbakatagen." in response.content.decode()
    assert waiting(round, today) == []


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("huge_rep", True),
        ("samordnare", True),
        ("polis_rep", False),
        ("handlaggare", False),
        ("lasare", False),
    ],
)
def test_those_who_follow_up_see_the_question_and_nobody_else(who, sees, follow_up, client_for, request):
    QuestionFactory(follow_up=follow_up, text=TEXT)
    browser = client_for(request.getfixturevalue(who))
    page = browser.get(follow_up.activity.get_absolute_url()).content.decode()
    assert (TEXT in page) is sees


# --- Mitt arbete -----------------------------------------------------------------------------------------------
def test_what_has_come_back_stands_first_with_the_question_above_its_form(
    follow_up, round, huge_rep, samordnare, client_for
):
    follow_up.activity.reporters.add(huge_rep)
    other = ActivityFactory(title="Aldrig uppföljd", reporters=[huge_rep])
    FollowUpFactory(activity=other, off_track=True, refers_on=date(2024, 3, 31))
    QuestionFactory(follow_up=follow_up, text=TEXT)
    browser = client_for(huge_rep)

    response = browser.get("/mitt-arbete/")
    page = response.content.decode()
    assert [activity.title for activity in response.context["work"].mine] == ["Belysning", "Aldrig uppföljd"]
    assert (response.context["opened"], response.context["form"].follow_up) == (follow_up.activity, follow_up)
    assert page.index(TEXT) < page.index("Hur går det?")
    assert "1 av 2 uppdaterade, 1 fråga att svara på." in page
    assert "Inget nytt, läget är oförändrat" not in page

    form = response.context["form"]
    hidden = {field.name: field.value() for field in form.hidden_fields()}
    sent = {"aktivitet": follow_up.activity.pk, "state": "on_track", "what_happened": "Tjugo är klara."}
    page = browser.post("/mitt-arbete/", hidden | sent, follow=True).content.decode()
    assert "Uppföljningen är sparad. Den gäller läget den 31 augusti 2024. 1 aktivitet kvar." in page
    assert "1 av 2 uppdaterade." in page
    assert follow_up.replaced_by.get().what_happened == "Tjugo är klara."


def test_an_ordinary_form_that_is_sent_after_the_question_came_shows_it_first(
    follow_up, huge_rep, samordnare, client_for, now
):
    browser = client_for(huge_rep)
    address = f"/mitt-arbete/?aktivitet={follow_up.activity.pk}"
    form = browser.get(address).context["form"]
    hidden = {field.name: field.value() for field in form.hidden_fields()}
    QuestionFactory(follow_up=follow_up, text=TEXT)
    sent = {"aktivitet": follow_up.activity.pk, "state": "at_risk", "what_happened": "Tjugo är klara."}

    response = browser.post("/mitt-arbete/", hidden | sent)
    page = response.content.decode()
    assert "Samordnaren har en fråga om er senaste uppföljning" in page
    assert TEXT in page
    assert "Tjugo är klara." in page
    assert follow_up.activity.follow_ups.count() == 1

    fresh = {field.name: field.value() for field in response.context["form"].hidden_fields()}
    browser.post("/mitt-arbete/", fresh | sent)
    assert follow_up.replaced_by.get().what_happened == "Tjugo är klara."


def test_a_deputy_finds_the_work_of_whoever_is_away_among_ones_own(round, huge, huge_rep, client_for, today):
    away = UserFactory(representative=True, party=huge, display_name="Områdeschef", email="chef@example.com")
    ActivityFactory(title="Den andras", reporters=[away])
    Deputy.objects.create(person=away, deputy=huge_rep, from_on=today, to_on=today)

    response = client_for(huge_rep).get("/mitt-arbete/")

    assert [activity.title for activity in response.context["work"].mine] == ["Den andras"]
    assert (
        "Du är ställföreträdare för Områdeschef till och med 30 september 2024" in response.content.decode()
    )
