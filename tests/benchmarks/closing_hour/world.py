"""An open round that asks each person about a number of activities, and counts the follow-ups in it."""

from datetime import date

from django.conf import settings
from django.db.models import Count
from django.test import Client

from activities.models import Activity, FollowUp
from tests.factories import ActivityFactory, AgreementFactory, PartyFactory, RoundFactory, UserFactory

PARTIES = 6
AUGUST = date(2024, 8, 31)


class ClosingHour:
    """Six parties; their people report on as many activities each."""

    def __init__(self, people: int, *, each: int) -> None:
        parties = [PartyFactory(kommunen=True), *PartyFactory.create_batch(PARTIES - 1)]
        AgreementFactory(parties=parties)
        self.round = RoundFactory(as_of=AUGUST)
        self.each = each
        self.people = [
            UserFactory(representative=True, party=parties[n % PARTIES], email=f"person-{n}@example.com")
            for n in range(people)
        ]
        self.activities = [
            ActivityFactory(lead=person.party, reporters=[person])
            for person in self.people
            for _ in range(each)
        ]

    @property
    def expected(self) -> int:
        return len(self.people) * self.each

    @property
    def sessions(self) -> list[str]:
        """Signs everybody in. Returns the value of each session cookie."""
        return [signed_in(person) for person in self.people]

    def saved(self) -> int:
        """The number of activities with a follow-up in the round."""
        return Activity.objects.filter(follow_ups__round__as_of=AUGUST).distinct().count()

    def double(self) -> int:
        """The number of follow-ups beyond one for each activity."""
        rows = FollowUp.objects.values("activity").annotate(count=Count("pk"))
        return sum(row["count"] - 1 for row in rows)


def signed_in(person) -> str:
    """Signs the person in. Returns the value of the session cookie."""
    client = Client()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value
