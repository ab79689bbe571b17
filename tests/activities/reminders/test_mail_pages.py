"""*Utskick*: the coordinator sees who gets what, pauses the mail, reminds a party and reads the log."""

from datetime import date

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Mail, MailReason, Round
from activities.reminders.actions import send_reminders
from tests.factories import (
    ActivityFactory,
    MailFactory,
    MailReasonFactory,
    PartyFactory,
    RoundFactory,
    UserFactory,
)
from tests.factories.activities import at_ten
from tests.support.queries import beyond_the_visit
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

ROUND = "/2023-2024/omgangar/2024-08-31/"
MAIL, LOG, HUGE = f"{ROUND}utskick/", f"{ROUND}utskick/logg/", f"{ROUND}paminn/huge/"
FAILING = "tests.support.refusing_mail.Backend"


@rows
def round(agreement, huge_rep, polis_rep):
    return RoundFactory()


@pytest.fixture
def browser(client_for, samordnare):
    return client_for(samordnare)


def page(browser, address):
    response = browser.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# --- Who gets what -------------------------------------------------------------------------------------------------
def test_the_page_tells_who_gets_what_and_when(round, browser, huge_rep, polisen):
    ActivityFactory(reporters=[huge_rep])
    ActivityFactory(lead=polisen)
    ActivityFactory(lead=polisen, done=True)

    shown = browser.get(MAIL).context["page"]

    assert shown.lead == "2 personer har något kvar. 2 får mejl vid nästa utskick."
    assert [
        (party.short_name, [(row.person.email, row.count) for row in rows]) for party, rows in shown.parties
    ] == [
        ("Huge", [("huge@example.com", 1)]),
        ("Polisen", [("polisen@example.com", 1)]),
    ]
    assert [(turn.stretch.occasion.label, turn.stretch.since.day, turn.in_words) for turn in shown.turns] == [
        ("Omgången har öppnat", 1, "Inget skickades"),
        ("Sju dagar före sista dagen", 6, "Inget skickades"),
        ("Dagen efter sista dagen", 14, "2 på tur"),
    ]


def test_what_could_not_be_sent_is_not_counted_as_sent_and_is_next(
    round, browser, huge_rep, polisen, settings
):
    ActivityFactory(reporters=[huge_rep])
    ActivityFactory(lead=polisen)
    settings.EMAIL_BACKEND, settings.REFUSING = FAILING, {"huge@example.com": "refused"}
    send_reminders(at=at_ten(date(2024, 9, 30)), day=date(2024, 9, 30))

    shown = browser.get(MAIL).context["page"]
    assert shown.lead == "2 personer har något kvar. 1 får mejl vid nästa utskick."
    assert shown.turns[-1].in_words == "Skickat till 1, 1 på tur"

    Round.objects.update(is_mail_paused=True)
    assert browser.get(MAIL).context["page"].lead.endswith("Ingen får mejl vid nästa utskick.")


def test_the_mail_that_is_shown_is_the_one_that_is_sent(round, browser, huge_rep, samordnare, now, today):
    ActivityFactory(title="Ljus <b>längs</b> stråket & bron", internal=False)
    shown = browser.get(f"{MAIL}?mejl={huge_rep.pk}").context["page"].shown
    page = browser.get(f"{MAIL}?mejl=sammanfattning").context["page"]
    summary = page.shown
    assert page.shown_heading == "Sammanfattningen till samordnaren"

    send_reminders(at=now, day=today)

    sent = {one.to[0]: (one.subject, one.body) for one in mail.outbox}
    assert sent == {
        huge_rep.email: (shown.subject, shown.text),
        samordnare.email: (summary.subject, summary.text),
    }
    assert "Ljus &lt;b&gt;längs&lt;/b&gt; stråket &amp; bron" in shown.html


def test_after_the_mail_the_page_says_so(round, browser, now, today):
    ActivityFactory()
    send_reminders(at=now, day=today)

    text = page(browser, MAIL)

    assert "1 person har något kvar. Ingen får mejl vid nästa utskick." in text
    assert "1 aktivitet. Har fått mejl i dag." in text
    assert "Skickat till 1" in text


def test_a_planned_round_is_shown_as_if_it_asked_today(round, browser):
    RoundFactory(planned=True)
    ActivityFactory()

    text = page(browser, "/2023-2024/omgangar/2024-12-31/utskick/")

    assert "1 person har något att följa upp när omgången öppnar 1 januari 2025." in text
    assert text.count("1 person, som det ser ut i dag") == 3


@pytest.mark.parametrize("asked", ["999999", "x", "-1", "", "%00", "9" * 100])
def test_an_unknown_person_shows_no_mail(asked, round, browser):
    ActivityFactory()
    assert browser.get(f"{MAIL}?mejl={asked}").context["page"].shown is None


def test_what_reaches_nobody_is_shown_with_a_way_out(round, browser, huge_rep):
    ActivityFactory(title="Ljus")
    type(huge_rep).objects.filter(pk=huge_rep.pk).update(is_active=False)

    text = page(browser, MAIL)

    assert "Når ingen" in text
    assert '<a class="end" href="/2023-2024/parter/huge/bjud-in/">' in text


def test_a_closed_round_has_its_log_only(round, browser):
    ActivityFactory()
    Round.objects.update(closed_on=date(2024, 9, 20))

    text = page(browser, MAIL)

    assert "Delår per 31 augusti 2024 är avslutad, så inga fler mejl skickas om den." in text
    assert "Pausa mejlen" not in text


# --- The pause -----------------------------------------------------------------------------------------------------
def test_pausing_and_going_on(round, browser, now, today):
    ActivityFactory()

    for _ in range(2):  # a second press changes nothing
        answer = browser.post(f"{MAIL}paus/", {"paus": "ja"}, follow=True).content.decode()
        assert "Mejlen är pausade." in answer
    assert send_reminders(at=now, day=today).people == []

    answer = browser.post(f"{MAIL}paus/", {"paus": "nej"}, follow=True).content.decode()
    assert "Mejlen skickas igen" in answer
    assert len(send_reminders(at=now, day=today).people) == 2


@pytest.mark.parametrize("sent", [{}, {"paus": "kanske"}, {"paus": "\x00"}])
def test_a_pause_that_cannot_be_read_changes_nothing(sent, round, browser):
    answer = browser.post(f"{MAIL}paus/", sent, follow=True).content.decode()

    assert "Sidan kunde inte läsas." in answer
    assert not Round.objects.get().is_mail_paused


# --- Påminn --------------------------------------------------------------------------------------------------------
def test_reminding_a_party_shows_exactly_what_it_sends(round, browser, huge_rep, polisen):
    ActivityFactory()
    ActivityFactory(lead=polisen)
    (draft,) = browser.get(HUGE).context["page"].mails

    answer = browser.post(HUGE, follow=True)

    assert "Påminnelsen är skickad till 1 person." in answer.content.decode()
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, sent.body) == ([huge_rep.email], draft.letter.subject, draft.letter.text)
    assert "Samordnaren påminner: 1 aktivitet väntar på dig." in sent.body


def test_nobody_is_reminded_twice_a_day(round, browser, huge, now, today):
    ActivityFactory()
    browser.post(HUGE)

    assert "Har redan ett mejl i dag" in page(browser, HUGE)
    answer = browser.post(HUGE, follow=True).content.decode()

    assert "Har redan ett mejl i dag och får inget till: Områdesutvecklare." in answer
    assert len(mail.outbox) == 1


def test_the_log_calls_a_reminder_a_reminder_and_nothing_else(round, browser):
    ActivityFactory()
    browser.post(HUGE)
    assert "30 september 2024. Påminnelse från samordnaren. </span>" in page(browser, LOG)


def test_who_was_reminded_does_not_hear_the_same_again_the_next_day(round, browser, now):
    ActivityFactory()
    browser.post(HUGE)

    done = send_reminders(at=at_ten(date(2024, 10, 1)), day=date(2024, 10, 1))

    assert [one.email for one in done.people] == ["samordnare@example.com"]
    assert sorted(MailReason.objects.values_list("occasion", flat=True)) == ["day_after", "nudge", "summary"]


def test_a_party_is_reminded_though_the_mail_is_paused(round, browser):
    ActivityFactory()
    Round.objects.update(is_mail_paused=True)

    browser.post(HUGE)

    assert len(mail.outbox) == 1


def test_a_reminder_that_cannot_be_sent_is_reported_and_sent_by_the_next_run(round, browser, huge, settings):
    UserFactory(representative=True, party=huge, email="huge2@example.com", display_name="Kollega")
    ActivityFactory()
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND, settings.REFUSING = FAILING, {"huge2@example.com": "refused"}

    answer = browser.post(HUGE, follow=True).content.decode()

    assert "Påminnelsen är skickad till 1 person." in answer
    assert "Kollega: Mottagarens adress togs inte emot. Mejlet försöks igen vid nästa utskick." in answer
    settings.EMAIL_BACKEND = backend
    send_reminders(at=at_ten(date(2024, 9, 30)), day=date(2024, 9, 30))
    assert [one.to[0] for one in mail.outbox][:2] == ["huge@example.com", "huge2@example.com"]


def test_a_party_without_anything_left_cannot_be_reminded(round, browser):
    assert "Inget väntar på Huge i omgången." in page(browser, HUGE)
    answer = browser.post(HUGE, follow=True).content.decode()
    assert "Inget väntar på någon hos Huge i omgången." in answer


@pytest.mark.parametrize("change", [{"closed_on": date(2024, 9, 20)}, {"opens_on": date(2024, 9, 1)}])
def test_a_round_that_does_not_ask_reminds_nobody(change, round, browser):
    ActivityFactory()
    Round.objects.update(**change)
    if "opens_on" in change:
        RoundFactory(as_of=date(2024, 9, 15), opens_on=date(2024, 9, 16), due_on=date(2024, 9, 20))

    assert "Omgången är inte öppen" in page(browser, HUGE)
    assert "Omgången är inte öppen" in browser.post(HUGE, follow=True).content.decode()
    assert mail.outbox == []


# --- The log -------------------------------------------------------------------------------------------------------
def test_the_log_tells_to_whom_why_and_how_it_went(round, browser, huge, huge_rep, polis_rep):
    kollega = UserFactory(representative=True, party=huge, email="k@example.com", display_name="Kollega")
    faults = {
        huge_rep: {},
        polis_rep: {"sent_at": None, "fault": "Mejlservern gick inte att nå.", "tries": 0},
        kollega: {"sent_at": None, "fault": Mail.NEEDLESS},
    }
    for person, fate in faults.items():
        MailReasonFactory(mail=MailFactory(person=person, **fate), round=round)
    MailReasonFactory(mail=Mail.objects.get(person=huge_rep), round=round, person=kollega, occasion="nudge")

    text = page(browser, LOG)

    assert "1 september 2024. Omgången har öppnat. Påminnelse från samordnaren, för Kollega." in text
    assert "Skickat 10.00" in text
    assert "Inte skickat än. Mejlservern gick inte att nå. Försöks igen vid nästa utskick." in text
    assert "Behövdes inte längre." in text


def test_a_mail_is_read_as_it_was_sent(round, browser, huge_rep):
    sent = MailFactory(person=huge_rep, text="Hej!\n\nEn <rad> till.\n")
    MailReasonFactory(mail=sent, round=round)

    text = page(browser, f"{MAIL}{sent.pk}/")

    assert "Hej! En &lt;rad&gt; till." in text
    assert "1 aktivitet att uppdatera senast 13 september" in text


def test_a_constant_number_of_queries(round, browser, huge):
    costs = {address: [] for address in (f"{MAIL}?mejl=sammanfattning", LOG, HUGE)}
    for _ in range(2):
        for n in range(3):
            person = UserFactory(representative=True, party=huge)
            ActivityFactory(reporters=[person])
            ActivityFactory(lead=PartyFactory())
            MailReasonFactory(mail=MailFactory(person=person, unsent=n == 0), round=round)
        for address, found in costs.items():
            with CaptureQueriesContext(connection) as captured:
                browser.get(address)
            found.append(len(beyond_the_visit(captured)))

    assert [found[0] - found[1] for found in costs.values()] == [0, 0, 0], costs
    assert max(found[0] for found in costs.values()) <= 12, costs
