"""A log of some years, written in bulk past the ORM, with the digests that `record` would make."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from parties.acts import Act
from parties.audit.hashing import COLUMNS, digest_of, moment
from parties.models import Party, User
from parties.roles import Role
from samverkan.lib import clock
from tests.factories import PartyFactory, UserFactory

YEARS = 3
CHANGES = '[["roll", "Läsare", "Handläggare"]]'


class Log:
    """`count` entries of `people` accounts of twenty parties, most of them sign-ins, the newest a moment ago."""

    def __init__(self, count: int, *, people: int = 300) -> None:
        parties = PartyFactory.create_batch(min(20, people))
        self.users = User.objects.bulk_create(  # without passwords, which take long to hash
            User(email=f"konto-{n}@example.com", role=Role.REPRESENTATIVE, party=parties[n % len(parties)])
            for n in range(people)
        )
        self.party: Party = parties[0]
        self.admin: User = UserFactory(administrator=True, email="admin@example.com")
        self.first = clock.now() - timedelta(days=365 * YEARS)
        self.step = timedelta(days=365 * YEARS) / count
        fill([*COLUMNS, "digest"], self.rows(count))

    def rows(self, count: int) -> Iterator[list[Any]]:
        for n in range(count):
            values = self.values(n)
            yield [*values, digest_of(values)]

    def values(self, n: int) -> list[Any]:
        """The n-th entry: three of four are sign-ins, one of a hundred changes an account, the others a party or a file."""
        user = self.users[n % len(self.users)]
        head = [moment(self.first + n * self.step)]
        who = [user.pk, user.role, user.party_id, "", f"192.0.2.{n % 250}", f"{n:012x}", ""]
        if n % 4:
            return [*head, Act.SIGNED_IN.value, *who, "", None, "", ""]
        if n % 100 == 0:
            key = self.users[n // 100 % len(self.users)].pk
            return [*head, Act.ROLE_CHANGED.value, *who, "parties.user", key, f"Konto {key}", CHANGES]
        act = Act.CHANGED if n % 8 else Act.EXPORTED
        return [*head, act.value, *who, "parties.party", user.party_id, "Parten", CHANGES]

    @property
    def middle(self) -> datetime:
        return self.first + timedelta(days=365 * YEARS / 2)


def fill(columns: list[str], rows: Iterator[list[Any]]) -> None:
    """Adds the rows. Without its indexes SQLite takes a fifth of the time; they are made again afterwards."""
    names = ", ".join(f'"{name}"' for name in columns)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY parties_auditentry ({names}) FROM STDIN") as copy:
                for at, *others in rows:
                    copy.write_row([f"{at}+00", *others])
        else:
            indexes = dropped_indexes(cursor)
            places = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO parties_auditentry ({names}) VALUES ({places})", rows)  # noqa: S608 - our own names
            for made_by in indexes:
                cursor.execute(made_by)
    # As its own housekeeping does after a while, except of rows that will be rolled back.
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE parties_auditentry")


def dropped_indexes(cursor: Any) -> list[str]:
    """Drops the log's indexes on SQLite, and returns the statements that make them."""
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL "
        "AND tbl_name = 'parties_auditentry'"
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [made_by for _, made_by in found]
