"""A mail server that is down, slow or refuses one address: the other mails are sent, and the log says which were not.

The server is a real one on loopback.
"""

from datetime import date, timedelta

import pytest

from activities.models import Activity, Mail, MailReason
from activities.reminders.actions import pause_mail, send_reminders
from parties.models import User
from tests.factories import ActivityFactory, DeputyFactory, FollowUpFactory, RoundFactory, UserFactory
from tests.factories.activities import at_ten
from tests.support.smtp import free_port, mail_server
from tests.support.stored import rows

DAY = date(2024, 9, 2)
HUGE, OTHER, THIRD = "huge@example.com", "hugeb@example.com", "hugec@example.com"


@rows
def round(agreement, samordnare, huge, huge_rep):
    """Three people at Huge have one activity each."""
    reporters = [
        huge_rep,
        *(UserFactory(representative=True, party=huge, email=each) for each in (OTHER, THIRD)),
    ]
    for person in reporters:
        ActivityFactory(title=f"Ljus {person.email}", reporters=[person])
    return RoundFactory()


@pytest.fixture
def box(settings):
    """A mail server, with the settings that lead to it."""
    with mail_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        settings.EMAIL_TIMEOUT = 0.5
        yield box


def run(day=DAY, at=None):
    """Runs `remind`: who got a mail, and who did not and why."""
    done = send_reminders(at=at or at_ten(day), day=day)
    return [one.email for one in done.people], [(one.email, fault) for one, fault in done.faults]


def log():
    """The log: each mail's address, tries, whether it was sent, and the fault."""
    rows = Mail.objects.select_related("person")
    return sorted((one.person.email, one.tries, one.sent_at is not None, one.fault) for one in rows)


@pytest.mark.django_db
def test_a_mail_has_all_that_a_mail_program_asks_for(round, box):
    assert run() == ([HUGE, OTHER, THIRD], [])

    message = next(message for address, message in box.mails if address == HUGE)
    assert box.connections == 1
    assert message["To"] == HUGE
    assert message["Reply-To"] == "samordnare@example.com"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Id"] == "<uppfoljning.127.0.0.1>"  # beside Swedish words it would be encoded
    assert message["Subject"] == "1 aktivitet att uppdatera senast 13 september"
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    stored = Mail.objects.get(person__email=HUGE)
    text, html = (part.get_content().replace("\r\n", "\n") for part in message.iter_parts())
    assert (text, html) == (stored.text, stored.html)


@pytest.mark.django_db
def test_one_refused_address_stops_no_other_and_is_tried_five_times(round, box):
    box.refusing = {OTHER: "550 5.1.1 Ingen sådan"}

    fault = "Mottagarens adress togs inte emot (svar 550)."
    assert run() == ([HUGE, THIRD], [(OTHER, fault)])
    assert log() == [(HUGE, 1, True, ""), (OTHER, 1, False, fault), (THIRD, 1, True, "")]

    later = [run(DAY, at_ten(DAY) + timedelta(hours=n)) for n in range(1, 6)]
    assert later == [([], [(OTHER, fault)])] * 4 + [([], [])]
    assert Mail.objects.get(person__email=OTHER).is_given_up
    assert box.to == [HUGE, THIRD]


@pytest.mark.django_db
def test_what_was_refused_for_a_while_is_sent_at_the_next_run_and_once(round, box):
    box.refusing = {OTHER: "451 4.7.1 Försök igen senare"}
    assert run()[1] == [(OTHER, "Mottagarens adress togs inte emot (svar 451).")]

    box.refusing = {}
    assert run(DAY, at_ten(DAY) + timedelta(hours=1)) == ([OTHER], [])
    assert run(DAY, at_ten(DAY) + timedelta(hours=2)) == ([], [])
    assert log() == [(HUGE, 1, True, ""), (OTHER, 2, True, ""), (THIRD, 1, True, "")]
    assert box.to == [HUGE, OTHER, THIRD]


@pytest.mark.django_db
def test_a_server_that_is_down_is_asked_once_and_nothing_is_lost(round, box, settings):
    settings.EMAIL_PORT = free_port()
    down = "Mejlservern gick inte att nå."

    for n in range(7):  # down for a week: a mail that was never tried is not given up
        assert run(DAY + timedelta(days=n)) == ([], [(each, down) for each in (HUGE, OTHER, THIRD)])

    assert log() == [(each, 0, False, down) for each in (HUGE, OTHER, THIRD)]
    settings.EMAIL_PORT = box.port
    assert run(DAY + timedelta(days=7)) == ([HUGE, OTHER, THIRD], [])
    assert [address for address, _ in box.mails] == [HUGE, OTHER, THIRD]


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["hanging", "breaking"])
def test_a_server_that_does_not_answer_is_given_up_after_two(how, round, box):
    setattr(box, how, True)
    slow = "Mejlservern svarade inte i tid eller bröt förbindelsen."
    stopped = "Mejlservern svarade inte, två gånger i rad."

    assert run() == ([], [(HUGE, slow), (OTHER, slow), (THIRD, stopped)])
    assert log() == [(HUGE, 1, False, slow), (OTHER, 1, False, slow), (THIRD, 0, False, stopped)]

    setattr(box, how, False)
    # The mail that was not tried comes first.
    assert run(DAY + timedelta(days=1)) == ([THIRD, HUGE, OTHER], [])


@pytest.mark.django_db
def test_what_a_dead_run_had_in_hand_is_sent_by_a_later_one_as_it_stands_then(round, box):
    class Crash(BaseException):
        pass

    def dies(*_):
        raise Crash

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("smtplib.SMTP.sendmail", dies)
        with pytest.raises(Crash):
            run()
    assert log() == [(each, 0, False, "") for each in (HUGE, OTHER, THIRD)]
    assert run(DAY, at_ten(DAY) + timedelta(minutes=15)) == ([], [])  # the first run may still be going

    for email in (HUGE, OTHER):
        FollowUpFactory(activity=Activity.objects.get(title=f"Ljus {email}"), round=round)
    assert run(DAY, at_ten(DAY) + timedelta(minutes=16)) == ([THIRD], [])
    (sent,) = box.mails
    assert sent[1]["Subject"] == "1 aktivitet att uppdatera senast 13 september"
    assert Mail.objects.get(person__email=THIRD).subject == sent[1]["Subject"]
    assert log() == [
        (HUGE, 0, False, "Behövdes inte längre."),
        (OTHER, 0, False, "Behövdes inte längre."),
        (THIRD, 1, True, ""),
    ]
    assert run(DAY + timedelta(days=1)) == ([], [])


@pytest.mark.django_db
def test_a_mail_that_was_not_sent_tells_of_what_is_due_by_then(round, box, settings):
    """One mail, with both reasons, and none for the day before."""
    settings.EMAIL_PORT = free_port()
    run()
    settings.EMAIL_PORT = box.port

    assert run(date(2024, 9, 14))[0][:3] == [HUGE, OTHER, THIRD]
    rows = MailReason.objects.filter(mail__person__email=HUGE).values_list("occasion", "mail__day")
    assert sorted(rows) == [("day_after", date(2024, 9, 14)), ("opened", date(2024, 9, 14))]
    assert [address for address, _ in box.mails].count(HUGE) == 1


@pytest.mark.django_db
def test_a_pause_holds_back_what_was_not_sent_too(round, box, settings, samordnare):
    settings.EMAIL_PORT = free_port()
    run()
    settings.EMAIL_PORT = box.port
    pause_mail(by=samordnare, round=round, paused=True)
    assert run(DAY + timedelta(days=1)) == ([], [])

    pause_mail(by=samordnare, round=round, paused=False)
    assert run(DAY + timedelta(days=2)) == ([HUGE, OTHER, THIRD], [])


@pytest.mark.django_db
def test_the_summary_tells_of_the_mails_that_did_not_arrive(round, box):
    box.refusing = {OTHER: "550 5.1.1 Ingen sådan"}

    run(date(2024, 9, 14))

    summary = next(message for address, message in box.mails if address == "samordnare@example.com")
    text = summary.get_body(("plain",)).get_content()
    assert "Mejl som inte har gått fram:" in text
    assert "Områdesutvecklare: Mottagarens adress togs inte emot (svar 550)." in text


@pytest.mark.django_db
def test_an_address_that_no_mail_can_have_is_a_fault_like_any(round, box):
    User.objects.filter(email=OTHER).update(email="åsa\n@example.com")

    done, faults = run()

    assert done == [HUGE, THIRD]
    assert [fault for _, fault in faults] == ["Mejlet gick inte att skicka."]


@pytest.mark.django_db
def test_a_deputy_hears_what_never_reached_the_one_they_stand_in_for(round, box, settings, huge_rep):
    """It was the last mail of the round: no later one would have mentioned the work."""
    late = date(2024, 9, 14)
    settings.EMAIL_PORT = free_port()
    run(late)
    settings.EMAIL_PORT = box.port
    other = User.objects.get(email=OTHER)
    DeputyFactory(
        person=huge_rep, deputy=other, from_on=late + timedelta(days=1), to_on=late + timedelta(days=20)
    )

    days = [late + timedelta(days=n) for n in range(1, 6)]
    sent = {day.day: run(day)[0] for day in days}

    assert {day: [each for each in people if each == OTHER] for day, people in sent.items()} == {
        15: [OTHER],
        16: [],
        17: [],
        18: [],
        19: [],
    }
    reasons = MailReason.objects.filter(person=huge_rep).values_list("mail__person__email", "occasion")
    assert list(reasons) == [(OTHER, "day_after")]
