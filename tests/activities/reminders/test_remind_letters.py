"""The letters of the rounds' mail: the same as *Mitt arbete*, nothing internal, readable as text and as HTML."""

import re
from datetime import date

import pytest
from django.core import mail

from activities.reminders.actions import send_reminders
from parties.models import Deputy
from tests.factories import (
    ActivityFactory,
    ContributionFactory,
    FollowUpFactory,
    QuestionFactory,
    RoundFactory,
    UserFactory,
)
from tests.factories.activities import at_ten
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

DAY, DAY_AFTER = date(2024, 9, 2), date(2024, 9, 14)
SECRET = "Kameran i trapphuset"


@rows
def round(agreement, huge_rep, samordnare):
    return RoundFactory()


def read(day=DAY, to="huge@example.com"):
    """What was sent to a person: the text, and the HTML."""
    mail.outbox.clear()
    send_reminders(at=at_ten(day), day=day)
    (found,) = [one for one in mail.outbox if one.to == [to]]
    return found.body, found.alternatives[0].content


def plain(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_a_digest_says_what_waits_until_when_and_where_to_go(round, huge, huge_rep):
    colleague = UserFactory(representative=True, party=huge, email="huge2@example.com")
    ActivityFactory(title="Ljus längs stråket", reporters=[huge_rep])
    given_back = ActivityFactory(title="Vandring", reporters=[huge_rep])
    follow_up = FollowUpFactory(activity=given_back, round=round, at_risk=True)
    QuestionFactory(follow_up=follow_up, text="Hur många\n\nkom?")
    ActivityFactory(title="Städdag", reporters=[colleague])

    text, html = read()

    assert text == (
        "Hej!\n\n"
        "2 aktiviteter väntar på dig.\n"
        "Delår per 31 augusti 2024. Sista dagen är 13 september 2024.\n\n"
        "Att göra\n"
        "- Vandring\n"
        "  Läget den 31 augusti 2024: Risk för avvikelse\n"
        "  Samordnarens fråga: Hur många kom?\n"
        "- Ljus längs stråket\n"
        "  Inte uppföljd än: Inte påbörjad\n\n"
        "Väntar också på andra hos Huge\n"
        "- Städdag\n"
        "  Inte uppföljd än: Inte påbörjad\n\n"
        "Uppdatera nu:\n"
        "http://127.0.0.1:8000/mitt-arbete/\n\n"
        "Du loggar in som vanligt: länken loggar inte in någon.\n\n"
        "Undrar du något? Svara på mejlet, så når du samordnaren:\n"
        "Samordnare trygghet, samordnare@example.com\n\n"
        "Du får mejl om en omgång högst tre gånger: när den öppnar, en vecka före sista dagen och dagen efter. "
        "Utöver det får du mejl bara om samordnaren har en fråga eller påminner. "
        "När inget väntar kommer inga fler.\n\n"
        "Trygghet och brottsförebyggande arbete\n"
        "http://127.0.0.1:8000\n"
    )
    said = plain(html)
    lines = [line.strip(" -") for line in text.splitlines() if line.strip()]
    assert [line for line in lines if line.rstrip(".:") not in said] == ["http://127.0.0.1:8000/mitt-arbete/"]
    assert '<a href="http://127.0.0.1:8000/mitt-arbete/">' in html


def test_formatted_mail_loads_nothing_and_runs_nothing(round):
    ActivityFactory(title="<script>alert(1)</script><img src=x>")

    _, html = read()

    assert '<html lang="sv">' in html
    assert re.findall(r"<(?:img|script|style|link|iframe|form|object)\b|style=|src=", html.lower()) == [
        "src="
    ]
    assert "&lt;img src=x&gt;" in html
    assert set(re.findall(r'href="(\w+:[^"]*)"', html)) == {
        "http://127.0.0.1:8000",
        "http://127.0.0.1:8000/mitt-arbete/",
        "mailto:samordnare@example.com",
    }


def test_no_title_and_no_question_of_an_internal_activity_is_in_a_mail(round):
    follow_up = FollowUpFactory(activity=ActivityFactory(title=SECRET, internal=True), round=round)
    QuestionFactory(follow_up=follow_up, text=f"Syns {SECRET}?")
    ActivityFactory(title=f"{SECRET} igen", internal=True)

    text, html = read()
    summary = read(DAY_AFTER, "samordnare@example.com")

    assert [part for part in (text, html, *summary) if SECRET in part] == []
    assert text.count("- en intern aktivitet\n") == 2
    assert "Samordnaren har en fråga, läs den i Samverkan." in text


def test_a_part_that_is_asked_for_is_mentioned_until_it_is_answered(round, huge, polisen, today):
    for title, answer in {
        "Patrull": {},
        "Bekräftad": {"confirmed_on": today},
        "Avböjd": {"declined_on": today, "decline_reason": "Vi hinner inte."},
    }.items():
        activity = ActivityFactory(title=title, lead=polisen)
        ContributionFactory(activity=activity, party=huge, **answer)
    ContributionFactory(activity=ActivityFactory(title="Utkast", lead=polisen, draft=True), party=huge)
    ContributionFactory(activity=ActivityFactory(title="Klar", lead=polisen, done=True), party=huge)
    ActivityFactory(title="Ljus")

    text, _ = read()

    start = text.index("Frågor om medverkan att svara på\n- Patrull\n")
    assert "1 aktivitet väntar på dig" in text[:start]
    assert not any(title in text for title in ("Bekräftad", "Avböjd", "Utkast", "Klar"))


def test_a_deputy_reads_for_whom(round, huge, huge_rep):
    deputy = UserFactory(representative=True, party=huge, email="huge2@example.com")
    ActivityFactory(reporters=[huge_rep])
    Deputy.objects.create(person=huge_rep, deputy=deputy, from_on=DAY, to_on=DAY)

    text, html = read(to="huge2@example.com")

    assert "\nDu är ställföreträdare för Områdesutvecklare.\n" in text
    assert "Du är ställföreträdare för Områdesutvecklare." in html


def test_a_title_with_line_breaks_is_one_line_and_no_header(round):
    ActivityFactory(title="Ljus\nBcc: alla@example.com")

    text, _ = read()

    assert "- Ljus Bcc: alla@example.com\n" in text
    assert mail.outbox[0].message()["Bcc"] is None


def test_many_activities_make_no_endless_mail(round):
    for n in range(25):
        ActivityFactory(title=f"Ljus {n}")

    text, html = read()

    assert text.startswith("Hej!\n\n25 aktiviteter väntar på dig.\n")
    assert text.count("- Ljus ") == html.count("<b>Ljus ") == 20
    assert "\n- och 5 till\n" in text
    assert "och 5 till" in html


def test_the_summary_says_what_each_party_has_left_and_whom_no_mail_reaches(round, polisen, kommunen):
    ActivityFactory(title="Ljus")
    follow_up = FollowUpFactory(activity=ActivityFactory(title="Vandring"), round=round)
    QuestionFactory(follow_up=follow_up, text="Hur många kom?")
    ActivityFactory(title="Patrull", lead=polisen)
    ActivityFactory(title="Klar", done=True)

    text, html = read(DAY_AFTER, "samordnare@example.com")

    for line in (
        "Delår per 31 augusti 2024: sista dagen var 13 september 2024.",
        "3 aktiviteter väntar ännu på uppföljning eller svar.",
        "Huge: 2 aktiviteter\n",
        "  Obesvarad. Samordnarens fråga: Hur många kom?",
        "Polisen: 1 aktivitet\n",
        "Når ingen, eftersom parten saknar konton:\n- Polisen: Patrull\n",
        "http://127.0.0.1:8000/2023-2024/omgangar/2024-08-31/",
    ):
        assert line in text
    assert "Klar" not in text
    assert '<a href="http://127.0.0.1:8000/2023-2024/omgangar/2024-08-31/">' in html
