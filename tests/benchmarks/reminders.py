"""Counts the queries of `remind` in an open round where one activity waits for each of many people."""

from datetime import date

from django.db import connection, transaction
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, Mail, Round
from activities.reminders.actions import send_reminders
from parties.models import User
from parties.roles import Role
from tests.benchmarks.history import give_history
from tests.factories import AgreementFactory, PartyFactory, PriorityAreaFactory, RoundFactory
from tests.factories.activities import at_ten

EARLIER, DAY = date(2024, 9, 5), date(2024, 9, 13)  # the round has opened, and ends within a week


def queries_beyond_mails(people: int, *, again: bool = False) -> int:
    """The queries of a run that mails everybody, beyond one write for each mail. Rolls everything back.

    With `again` an earlier run could not send any of the mails.
    """
    with transaction.atomic():
        _fill(people)
        if again:
            send_reminders(at=at_ten(EARLIER), day=EARLIER)
            Mail.objects.update(sent_at=None, fault="Mejlservern gick inte att nå.", tries=0)
        with CaptureQueriesContext(connection) as captured:
            done = send_reminders(at=at_ten(DAY), day=DAY)
        assert len(done.people) == people
        transaction.set_rollback(True)
    return len(captured) - people


def _fill(people: int) -> None:
    """Makes an agreement with the round and the activities, and closes all other rounds."""
    Round.objects.update(closed_on=F("opens_on"))
    agreement, party = AgreementFactory(slug="utskick"), PartyFactory(huge=True)
    area = PriorityAreaFactory(agreement=agreement)
    RoundFactory(agreement=agreement)
    accounts = [
        User(email=f"konto{n}@example.com", display_name=f"Konto {n}", role=Role.REPRESENTATIVE, party=party)
        for n in range(people)
    ]
    users = User.objects.bulk_create(accounts)
    plans = [
        Activity(
            agreement=agreement,
            number=1 + n,
            title=f"Ljus längs stråk {n}",
            priority_area=area,
            lead=party,
            starts_on=date(2023, 1, 1),
            ends_on=date(2024, 12, 31),
            preparation=Activity.Preparation.AGREED,
            lead_yes_on=date(2022, 12, 1),
            coordinator_yes_on=date(2022, 12, 1),
        )
        for n in range(people)
    ]
    made = Activity.objects.bulk_create(plans)
    give_history(made)
    through = Activity.reporters.through
    through.objects.bulk_create(
        through(activity=activity, user=user) for activity, user in zip(made, users, strict=True)
    )
