"""`manage.py remind`: each person gets one mail for each occasion, about what waits then and nothing else."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.management import call_command

from activities.models import Mail, MailReason, Round
from activities.reminders.actions import pause_mail, send_reminders
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    FollowUpFactory,
    QuestionFactory,
    RoundFactory,
    UserFactory,
)
from tests.factories.activities import at_ten
from tests.support.stored import rows

OPENED, WEEK_BEFORE, DUE = date(2024, 9, 1), date(2024, 9, 6), date(2024, 9, 13)
DAY_AFTER = date(2024, 9, 14)
HUGE, POLISEN, SAMORDNARE = "huge@example.com", "polisen@example.com", "samordnare@example.com"


@rows
def round(agreement, huge_rep, polis_rep, samordnare):
    return RoundFactory()


@pytest.fixture
def run():
    """Runs at ten on the day and returns the address and subject of each mail."""

    def run(day):
        mail.outbox.clear()
        send_reminders(at=at_ten(day), day=day)
        return {one.to[0]: one.subject for one in mail.outbox}

    return run


def days(first, last):
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_a_person_with_something_left_hears_of_it_three_times_and_the_coordinator_once(round, run):
    ActivityFactory()

    sent = {day: run(day) for day in [*days(date(2024, 8, 31), date(2024, 9, 16)), date(2024, 10, 31)]}

    assert {day: mails for day, mails in sent.items() if mails} == {
        OPENED: {HUGE: "1 aktivitet att uppdatera senast 13 september"},
        WEEK_BEFORE: {HUGE: "1 aktivitet att uppdatera senast 13 september"},
        DAY_AFTER: {
            HUGE: "1 aktivitet att uppdatera, sista dagen var 13 september",
            SAMORDNARE: "1 aktivitet väntar, sista dagen var 13 september",
        },
    }


def test_a_day_without_a_run_is_caught_up(round, run):
    ActivityFactory()

    assert set(run(date(2024, 9, 3))) == {HUGE}
    assert set(run(date(2024, 9, 13))) == {HUGE}
    assert set(run(date(2024, 9, 30))) == {HUGE, SAMORDNARE}
    assert run(date(2024, 10, 1)) == {}


def test_a_short_round_opens_within_its_last_week_and_says_so_once(agreement, huge_rep, samordnare, run):
    RoundFactory(due_on=date(2024, 9, 5))
    ActivityFactory()

    sent = {day: run(day) for day in days(OPENED, date(2024, 9, 10))}

    assert {day: set(mails) for day, mails in sent.items() if mails} == {
        OPENED: {HUGE},
        date(2024, 9, 6): {HUGE, SAMORDNARE},
    }


def test_the_command_says_in_one_line_what_it_did(round, capsys):
    ActivityFactory()

    call_command("remind")
    call_command("remind")

    assert capsys.readouterr().out == "2 mejl skickade.\n0 mejl skickade.\n"
    assert sorted(one.to for one in mail.outbox) == [[HUGE], [SAMORDNARE]]


def test_nothing_is_said_of_what_is_done_cancelled_updated_or_not_due(round, run):
    ActivityFactory(done=True)
    ActivityFactory(cancelled=True)
    FollowUpFactory(activity=ActivityFactory(), round=round)
    ActivityFactory(draft=True)
    ActivityFactory(starts_on=date(2024, 12, 1))

    assert run(OPENED) == {}
    assert run(DAY_AFTER) == {SAMORDNARE: "Allt är uppföljt, sista dagen var 13 september"}


def test_who_has_done_it_in_between_hears_no_more(round, run):
    left, done = ActivityFactory(), ActivityFactory()
    first = run(OPENED)
    FollowUpFactory(activity=done, round=round)
    second = run(WEEK_BEFORE)
    FollowUpFactory(activity=left, round=round)

    assert (first, second) == (
        {HUGE: "2 aktiviteter att uppdatera senast 13 september"},
        {HUGE: "1 aktivitet att uppdatera senast 13 september"},
    )
    assert set(run(DAY_AFTER)) == {SAMORDNARE}


def test_what_is_agreed_after_the_first_mail_waits_for_the_next(round, run):
    assert run(OPENED) == {}
    ActivityFactory()
    assert set(run(date(2024, 9, 2))) == {HUGE}
    ActivityFactory()
    assert run(date(2024, 9, 3)) == {}
    assert run(WEEK_BEFORE) == {HUGE: "2 aktiviteter att uppdatera senast 13 september"}


def test_a_question_is_mentioned_at_the_next_run_and_once(round, run):
    follow_up = FollowUpFactory(activity=ActivityFactory(), round=round)
    QuestionFactory(follow_up=follow_up, asked_at=at_ten(date(2024, 9, 10)), text="Vilka lyktor gäller det?")

    assert run(date(2024, 9, 10)) == {HUGE: "1 aktivitet att uppdatera senast 13 september"}
    assert run(date(2024, 9, 11)) == {}

    other = FollowUpFactory(activity=ActivityFactory(), round=round)
    QuestionFactory(follow_up=other, asked_at=at_ten(date(2024, 9, 11)) + timedelta(hours=1))

    assert run(date(2024, 9, 12)) == {HUGE: "Samordnaren undrar över 2 uppföljningar"}
    assert run(date(2024, 9, 13)) == {}


def test_a_question_that_is_answered_or_taken_back_is_not_mentioned(round, run):
    answered, back = (FollowUpFactory(activity=ActivityFactory(), round=round) for _ in range(2))
    QuestionFactory(follow_up=answered, asked_at=at_ten(OPENED))
    QuestionFactory(follow_up=back, asked_at=at_ten(OPENED), taken_back_at=at_ten(date(2024, 9, 2)))
    FollowUpFactory(
        activity=answered.activity, round=round, replaces=answered, saved_at=at_ten(date(2024, 9, 2))
    )

    assert run(date(2024, 9, 3)) == {}


def test_a_paused_round_sends_nothing_and_catches_up_when_it_goes_on(round, run, samordnare):
    ActivityFactory()
    pause_mail(by=samordnare, round=round, paused=True)
    assert [run(day) for day in (OPENED, WEEK_BEFORE, DAY_AFTER)] == [{}, {}, {}]

    pause_mail(by=samordnare, round=round, paused=False)
    assert set(run(date(2024, 9, 15))) == {HUGE, SAMORDNARE}


def test_a_round_that_is_closed_planned_or_followed_by_another_sends_nothing(round, run):
    ActivityFactory()
    Round.objects.update(closed_on=DAY_AFTER)
    assert run(DAY_AFTER) == {}

    Round.objects.update(closed_on=None)
    RoundFactory(planned=True)
    assert run(date(2025, 1, 1)) == {HUGE: "1 aktivitet att uppdatera senast 24 januari"}


def test_one_mail_covers_the_rounds_of_all_agreements(round, run, agreement):
    other = AgreementFactory(slug="lokalt", parties=[])
    type(other).objects.filter(pk=other.pk).update(status="adopted")
    other.refresh_from_db()
    RoundFactory(agreement=other, label="Lokal omgång", due_on=date(2024, 9, 20))
    ActivityFactory()
    ActivityFactory(agreement=other, title="Lokal aktivitet")

    assert run(OPENED) == {HUGE: "2 aktiviteter att uppdatera senast 13 september"}
    (sent,) = mail.outbox
    assert "Lokal omgång. Sista dagen är 20 september 2024." in sent.body
    assert MailReason.objects.count() == 2
    assert set(run(date(2024, 9, 6))) == {HUGE}
    assert set(run(date(2024, 9, 13))) == {HUGE}
    assert set(run(date(2024, 9, 14))) == {HUGE, SAMORDNARE}
    assert set(run(date(2024, 9, 21))) == {HUGE, SAMORDNARE}


def test_nobody_gets_two_mails_a_day_whatever_becomes_due(round, run):
    ActivityFactory()
    send_reminders(at=at_ten(OPENED), day=OPENED)
    follow_up = FollowUpFactory(activity=ActivityFactory(), round=round)
    QuestionFactory(follow_up=follow_up, asked_at=at_ten(OPENED) + timedelta(hours=1))

    assert run(OPENED) == {}
    assert Mail.objects.count() == 1
    assert set(run(date(2024, 9, 2))) == {HUGE}


def test_a_closed_account_gets_nothing(round, run, huge_rep):
    ActivityFactory()
    huge_rep.is_active = False
    huge_rep.save()
    UserFactory(coordinator=True, email="stangd@example.com", is_active=False)

    assert run(OPENED) == {}
    assert set(run(DAY_AFTER)) == {SAMORDNARE}
    assert "Når ingen, eftersom parten saknar konton:\n- Huge: Belysning längs stråket" in mail.outbox[0].body
