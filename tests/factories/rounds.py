"""Questions, mail and unsaved answers."""

from datetime import date
from uuid import uuid4

import factory

from activities.models import Mail, MailReason, Question, ReadMark, UnsavedAnswer
from tests.factories.activities import ActivityFactory, FollowUpFactory, RoundFactory, at_ten
from tests.factories.base import Row, RowFactory
from tests.factories.parties import UserFactory


class QuestionFactory(RowFactory):
    """A coordinator's question on 16 September about a follow-up of the round per 31 August 2024."""

    class Meta:
        model = Question

    follow_up = Row(FollowUpFactory, round=Row(RoundFactory))
    text = "Hur många trapphus har ni besökt?"
    asked_by = Row(UserFactory, coordinator=True, email="samordnare@example.com")
    asked_by_title = factory.SelfAttribute("asked_by.title")
    asked_at = at_ten(date(2024, 9, 16))


class ReadMarkFactory(RowFactory):
    """That the coordinator read a follow-up on 16 September."""

    class Meta:
        model = ReadMark

    reader = Row(UserFactory, coordinator=True, email="samordnare@example.com")
    follow_up = Row(FollowUpFactory, round=Row(RoundFactory))
    read_at = at_ten(date(2024, 9, 16))


class UnsavedAnswerFactory(RowFactory):
    """An unsaved answer of the representative from 30 September 2024."""

    class Meta:
        model = UnsavedAnswer

    activity = Row(ActivityFactory)
    author = Row(
        UserFactory,
        representative=True,
        party=factory.SelfAttribute("..activity.lead"),
        email="huge@example.com",
    )
    answers = factory.LazyFunction(lambda: {"what_happened": "Vi har besökt tolv trapphus."})
    saved_at = at_ten(date(2024, 9, 30))


class MailFactory(RowFactory):
    """A mail sent on 1 September 2024 at 10:00."""

    class Meta:
        model = Mail

    class Params:
        unsent = factory.Trait(sent_at=None)

    person = Row(UserFactory, representative=True, email="huge@example.com")
    day = date(2024, 9, 1)
    subject = "1 aktivitet att uppdatera senast 13 september"
    text = "Hej! En av Huges aktiviteter väntar på uppföljning."
    html = "<p>Hej! En av Huges aktiviteter väntar på uppföljning.</p>"
    claim = factory.LazyFunction(uuid4)
    claimed_at = factory.LazyAttribute(lambda mail: at_ten(mail.day))
    tries = 1
    sent_at = factory.LazyAttribute(lambda mail: at_ten(mail.day))


class MailReasonFactory(RowFactory):
    """The reason that the round per 31 August 2024 has opened."""

    class Meta:
        model = MailReason

    mail = Row(MailFactory)
    round = Row(RoundFactory)
    person = factory.SelfAttribute("mail.person")
    occasion = MailReason.Occasion.OPENED
