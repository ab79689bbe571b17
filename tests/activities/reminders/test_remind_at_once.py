"""`manage.py remind` in processes of its own, also two at once, with a real mail server: each mail is sent once."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from activities.models import Mail, MailReason, Round
from activities.reminders import due_mails
from activities.reminders.actions import remind_party, send_reminders
from activities.reminders.log import reserve
from tests.factories import ActivityFactory, RoundFactory, UserFactory
from tests.support.at_once import People, database_url
from tests.support.smtp import free_port, mail_server

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[3]
PEOPLE = 12


@pytest.fixture
def everybody(agreement, samordnare, huge):
    """The addresses of the coordinator and twelve people with something left."""
    RoundFactory()
    people = [
        UserFactory(representative=True, party=huge, email=f"konto{n}@example.com") for n in range(PEOPLE)
    ]
    for person in people:
        ActivityFactory(reporters=[person])
    return sorted(each.email for each in [*people, samordnare])


def program(people: People, url: str) -> subprocess.Popen:
    environment = {**os.environ, "DATABASE_URL": database_url(people), "EMAIL_URL": url}
    command = [sys.executable, "manage.py", "remind"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True)


def end(process: subprocess.Popen) -> tuple[int, str, str]:
    """The exit status, the output, and the last line of the errors."""
    said, faults = process.communicate(timeout=120)
    return process.returncode, said.strip(), faults.strip().rpartition("\n")[2]


def test_the_program_says_what_could_not_be_sent_and_fails(everybody, tmp_path):
    people = People(tmp_path)
    with mail_server() as box:
        box.refusing = {"konto3@example.com": "550 5.1.1 Ingen sådan"}
        refused = end(program(people, box.url))
    down = end(program(people, f"smtp://127.0.0.1:{free_port()}"))

    assert refused == (1, "", "CommandError: 12 mejl skickade, 1 kunde inte skickas.")
    assert down == (1, "", "CommandError: 0 mejl skickade, 1 kunde inte skickas.")
    assert box.to == [each for each in everybody if each != "konto3@example.com"]


def test_two_programs_at_once_send_each_mail_once(everybody, tmp_path):
    people = People(tmp_path)
    with mail_server() as box:
        ends = [end(each) for each in [program(people, box.url), program(people, box.url)]]

    assert [(status, fault) for status, _, fault in ends] == [(0, ""), (0, "")]
    assert sum(int(said.partition(" ")[0]) for _, said, _ in ends) == 13
    assert box.to == everybody
    assert people.see(lambda: (Mail.objects.count(), MailReason.objects.count())) == (13, 13)


def test_three_runs_and_a_nudge_at_the_same_moment_write_each_mail_once(
    everybody, huge, samordnare, now, today, tmp_path, settings
):
    (round,) = Round.objects.all()

    def runs():
        return len(send_reminders(at=now, day=today).people)

    def nudges():
        return len(remind_party(by=samordnare, round=round, party=huge, at=now, day=today).sent.people)

    people = People(tmp_path)
    answers = people.do(runs, runs, runs, nudges)

    assert sum(answers) == PEOPLE + 1
    sent = people.see(
        lambda: sorted(Mail.objects.exclude(sent_at=None).values_list("person__email", flat=True))
    )
    assert sent == everybody


def test_two_runs_take_over_what_a_dead_one_left_once(everybody, now, today, tmp_path):
    people = People(tmp_path)
    people.do(lambda: send_reminders(at=now, day=today))
    people.do(lambda: Mail.objects.update(sent_at=None, tries=0, claimed_at=now.replace(hour=8)))

    def runs():
        return len(send_reminders(at=now, day=today).people)

    assert sum(people.do(runs, runs, runs)) == PEOPLE + 1
    assert people.see(lambda: set(Mail.objects.values_list("tries", flat=True))) == {1}


@pytest.mark.parametrize("change", [{"closed_on": date(2024, 9, 30)}, {"is_mail_paused": True}])
def test_a_round_that_is_closed_or_paused_as_a_run_begins_sends_nothing(change, everybody, now, today):
    due = due_mails.digests(at=now, day=today)
    Round.objects.update(**change)

    assert len(due) == PEOPLE
    assert reserve(due, at=now, day=today) == []
    assert Mail.objects.count() == 0


def test_a_round_that_another_has_replaced_as_a_run_begins_sends_nothing(everybody, now, today):
    due = due_mails.digests(at=now, day=today)
    RoundFactory(label="Höst", as_of=today, opens_on=today, due_on=date(2024, 10, 14))

    assert len(due) == PEOPLE
    assert reserve(due, at=now, day=today) == []
    assert Mail.objects.count() == 0
