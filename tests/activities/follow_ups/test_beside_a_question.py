"""While a question about the answer of 31 August waits, what happens on a later day is told beside it."""

from datetime import date
from uuid import uuid4

import pytest

from activities.editing.seen import Asked, Seen
from activities.follow_ups.actions import Answer, ask_about, record_follow_up
from activities.models import FollowUp, Question
from activities.states import State
from tests.factories import ActivityFactory, FollowUpFactory, RoundFactory
from tests.factories.activities import at_ten
from tests.support.follow_ups import words
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

TODAY, AUGUST = date(2024, 9, 30), date(2024, 8, 31)
FIRE = "Det brann i dag."
TELL = "Berätta vad som har hänt sedan dess"


@rows
def asked(agreement, huge_rep, samordnare):
    """Huge's answer of 31 August, with a question that waits."""
    activity = ActivityFactory(title="Belysning", reporters=[huge_rep])
    said = FollowUpFactory(activity=activity, round=RoundFactory(), author=huge_rep)
    ask_about(follow_up=said, by=samordnare, at=at_ten(TODAY), text="Hur många lyktor är klara?")
    return said


@pytest.fixture
def write(asked, huge_rep, now):
    """Saves from a form that did not show the question."""

    def write(spoken):
        seen = Seen.of(asked.activity, round_id=asked.round_id)
        answer = Answer(State.AT_RISK, what_happened=FIRE)
        sent = {"by": huge_rep, "at": now, "answer": answer, "seen": seen, "submission_key": uuid4()}
        return record_follow_up(activity=asked.activity, spoken=spoken, **sent)

    return write


def is_waiting(asked):
    return Question.objects.open_in([asked.round]).filter(follow_up=asked).exists()


def test_whoever_writes_of_the_day_without_having_seen_the_question_sees_it_first(write):
    with pytest.raises(Asked, match="Samordnare trygghet frågade om er uppföljning: ”Hur många"):
        write(AUGUST)


def test_what_is_told_of_today_is_saved_and_the_question_waits_still(write, asked):
    saved = write(TODAY)

    assert (saved.refers_on, saved.round, saved.replaces) == (TODAY, None, None)
    assert is_waiting(asked)


@pytest.mark.parametrize("where", ["", "folj-upp/", "/mitt-arbete/"])
def test_the_question_stands_first_and_leads_on_to_what_has_happened_since(
    where, asked, client_for, huge_rep, samordnare
):
    address, browser = asked.activity.get_absolute_url(), client_for(huge_rep)
    shown = browser.get(where if where.startswith("/") else address + where)
    assert shown.context["form"].follow_up == asked
    assert words(shown).count(TELL) == 1
    assert f'href="{address}folj-upp/?dag=2024-09-30">{TELL}' in words(shown)

    page = browser.get(f"{address}folj-upp/?dag=2024-09-30")
    assert "Svaret gäller läget i dag, den 30 september 2024" in words(page)
    assert [day.value for day in page.context["form"].day_choices] == ["2024-09-30"]
    form = page.context["form"]
    sent = form.carried | {"refers_on": "2024-09-30", "state": "at_risk"}
    refused = browser.post(f"{address}folj-upp/", sent)
    assert "Beskriv vad som har hänt" in words(refused)
    assert refused.context["form"].day_in_words == "i dag, den 30 september 2024"

    browser.post(f"{address}folj-upp/", sent | {"what_happened": FIRE})
    told = FollowUp.objects.get(what_happened=FIRE)
    assert (told.refers_on, told.round, told.replaces) == (TODAY, None, None)
    assert is_waiting(asked)
    assert browser.get("/mitt-arbete/").context["form"].follow_up == asked


@pytest.mark.parametrize("where", ["folj-upp/", "/mitt-arbete/"])
def test_a_form_of_today_that_was_opened_before_the_question_is_saved(
    where, asked, client_for, huge_rep, samordnare, now
):
    address, browser = asked.activity.get_absolute_url(), client_for(huge_rep)
    to = where if where.startswith("/") else address + where
    Question.objects.update(taken_back_at=at_ten(TODAY))
    form = browser.get(to, {"aktivitet": asked.activity_id}).context["form"]
    ask_about(follow_up=asked, by=samordnare, at=now, text="Och hur många är släckta?")

    typed = {"refers_on": "2024-09-30", "state": "at_risk", "what_happened": FIRE}
    browser.post(to, form.carried | typed | {"aktivitet": asked.activity_id})

    assert FollowUp.objects.get(what_happened=FIRE).refers_on == TODAY
    assert is_waiting(asked)


def test_a_correction_that_answers_no_question_leads_nowhere_else(asked, client_for, huge_rep):
    Question.objects.update(taken_back_at=at_ten(TODAY))

    page = client_for(huge_rep).get(f"/uppfoljningar/{asked.pk}/ratta/")

    assert page.context["form"].follow_up == asked
    assert TELL not in words(page)
