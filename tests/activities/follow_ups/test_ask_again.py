"""Another question may be asked when the last is taken back; both stay."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from activities.follow_ups.actions import ask_about, take_back_question
from activities.models import Activity, Question
from activities.reminders.actions import send_reminders
from activities.waiting import waiting_in
from tests.factories import ActivityFactory, FollowUpFactory, RoundFactory
from tests.factories.activities import at_ten
from tests.support.stored import rows

PAGE = "/2023-2024/omgangar/2024-08-31/"
SOON = timedelta(minutes=5)


@rows
def follow_up(agreement, huge_rep):
    """Huge's follow-up in the open round."""
    activity = ActivityFactory(title="Belysning", reporters=[huge_rep])
    return FollowUpFactory(activity=activity, round=RoundFactory(), author=huge_rep)


@rows
def taken_back(follow_up, samordnare, now):
    question = ask_about(follow_up=follow_up, by=samordnare, at=now, text="Hur många lyktor?")
    return take_back_question(question=question, by=samordnare, at=now + SOON)


def waiting(follow_up, today):
    rows = Activity.objects.as_of(today).filter(waiting_in([follow_up.round], today))
    return list(rows.values_list("title", flat=True))


@pytest.mark.parametrize("text", ["Hur många lyktor?", "Hur många lyktor är släckta?"])
def test_what_is_asked_anew_waits_with_its_new_text(
    text, client_for, follow_up, taken_back, samordnare, today
):
    client, address = client_for(samordnare), reverse("ask_about", args=[follow_up.pk])
    pages = [client.get(page).content.decode() for page in (PAGE, follow_up.activity.get_absolute_url())]
    assert [address in page for page in pages] == [True, True]

    response = client.post(address, {"text": text}, follow=True)

    asked = [(each.text, each.is_taken_back) for each in Question.objects.all()]
    assert asked == [("Hur många lyktor?", True), (text, False)]
    assert text in response.content.decode()
    assert waiting(follow_up, today) == ["Belysning"]
    assert "Frågan är ställd." in response.content.decode()


def test_it_is_in_a_mail_of_its_own(follow_up, taken_back, samordnare, now):
    send_reminders(at=now + 2 * SOON, day=date(2024, 9, 30))
    mail.outbox.clear()
    ask_about(follow_up=follow_up, by=samordnare, at=now + 3 * SOON, text="Hur många lyktor?")
    send_reminders(at=at_ten(date(2024, 10, 1)), day=date(2024, 10, 1))

    assert [one.to for one in mail.outbox] == [["huge@example.com"]]
