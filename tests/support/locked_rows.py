"""A row behind every lock: an archived agreement with all that belongs to it, and an adopted lägesbild."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import DateField, IntegerField, Model, UUIDField

from activities.models import Activity
from parties import audit
from parties.audit import Act
from parties.audit.sealing import seal
from parties.models import Mask
from priorities.models import Agreement, SituationalPicture
from samverkan.lib import clock
from samverkan.lib.keys import Key, keys_of
from samverkan.lib.locks import Lock
from tests.factories import (
    ActivityFactory,
    AgreementAttachmentFactory,
    AgreementFactory,
    DeclarationAttachmentFactory,
    FocusAreaFactory,
    FollowUpFactory,
    MatterPointFactory,
    MembershipFactory,
    MilestoneFactory,
    NeedFactory,
    PartyFactory,
    PictureAttachmentFactory,
    PictureFactory,
    PlaceFactory,
    QuestionFactory,
    RoundFactory,
    SignatoryFactory,
    SourceFactory,
    SourceUseFactory,
)


def open_world() -> Activity:
    """Makes everything that a lock can hold, while it is still open."""
    agreement = AgreementFactory()
    MembershipFactory(agreement=agreement)
    AgreementAttachmentFactory(agreement=agreement)
    declaration = agreement.declaration
    MatterPointFactory(matter=declaration.matter)
    SignatoryFactory(declaration=declaration, signed_on=date(2022, 12, 1))
    DeclarationAttachmentFactory(declaration=declaration)
    need = NeedFactory(agreement=agreement)
    need.places.add(PlaceFactory())
    need.sources.add(SourceFactory())
    activity: Activity = ActivityFactory(
        agreement=agreement,
        contributors=[PartyFactory(polisen=True)],
        focus_areas=[FocusAreaFactory(agreement=agreement)],
        needs=[need],
        submission_key=uuid4(),
    )
    MilestoneFactory(activity=activity)
    follow_up = FollowUpFactory(activity=activity, round=RoundFactory(agreement=agreement))
    FollowUpFactory(activity=activity, withdrawal=True, replaces=follow_up)
    QuestionFactory(follow_up=follow_up)
    Mask.objects.create(
        about="activities.followup", key=follow_up.pk, field="needed", reason="Provad", masked_at=clock.now()
    )
    use = SourceUseFactory(picture=PictureFactory())
    use.places.add(PlaceFactory())
    use.picture.participants.add(PartyFactory(huge=True))
    PictureAttachmentFactory(picture=use.picture)
    audit.record(Act.ADDED, by=None, of=agreement)
    seal(at=clock.now())
    return activity


def close() -> None:
    """Archives the agreement and adopts the lägesbild, which locks them."""
    Agreement.objects.update(status=Agreement.Status.ARCHIVED)
    SituationalPicture.objects.update(status=SituationalPicture.Status.ADOPTED)
    connection.check_constraints()  # PostgreSQL truncates no table while constraints wait to be checked


def refused(change: Callable[[], None], sentence: str) -> None:
    """Asserts that the database refuses the change with the lock's sentence."""
    assert sentence_of(change) == sentence


def sentence_of(change: Callable[[], None]) -> str:
    """The first line of the error that the database raises."""
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        change()
    return str(error.value).splitlines()[0]


@dataclass(frozen=True)
class Row:
    """The first row of a model's table that meets an SQL condition, for changes by raw SQL."""

    model: type[Model]
    where: str = "1 = 1"

    @classmethod
    def of(cls, label: str, **where: str) -> "Row":
        return cls(apps.get_model(label), **where)

    @classmethod
    def held_by(cls, lock: Lock) -> "Row":
        return cls(lock.rows, lock.holds_for(lock.table))

    @property
    def key(self) -> str:
        assert self.model._meta.pk is not None
        return self.model._meta.pk.column

    @property
    def columns(self) -> list[str]:
        """All but the key."""
        return [field.column for field in self.model._meta.concrete_fields if not field.primary_key]

    def run(self, sql: str, *parameters: Any, **names: str) -> list[Any]:
        """Fills in the names of the table and its key, runs the SQL and returns its rows."""
        own = {"table": self.model._meta.db_table, "key": self.key}
        with connection.cursor() as cursor:
            cursor.execute(sql.format(**own | names), parameters)
            return cursor.fetchall() if cursor.description else []

    @property
    def pk(self) -> Any:
        ((pk,),) = self.run('SELECT MIN("{key}") FROM "{table}" WHERE {where}', where=self.where)
        return pk

    def update(self, change: str = "") -> None:
        """Without `change`, sets a column to its own value."""
        nothing = '"{0}" = "{0}"'.format(self.columns[0])
        self.run('UPDATE "{table}" SET {change} WHERE "{key}" = %s', self.pk, change=change or nothing)

    def delete(self) -> None:
        self.run('DELETE FROM "{table}" WHERE "{key}" = %s', self.pk)

    def empty(self) -> None:
        """TRUNCATE on PostgreSQL; on SQLite a DELETE without a condition."""
        self.run(
            'TRUNCATE "{table}" CASCADE' if connection.vendor == "postgresql" else 'DELETE FROM "{table}"'
        )

    def copy(self, *, kept: Key | None = None, verb: str = "INSERT", conflict: str = "") -> None:
        """Inserts the row again with new values in all its unique keys but `kept`."""
        wanted = {column: f'"{column}"' for column in [self.key, *self.columns]}
        same = kept.columns if kept else []
        for key in keys_of(self.model, connection):
            if free := [column for column in key.columns if column not in same]:
                wanted[free[-1]] = another(self.model, free[-1])
        if kept and "LOWER" in kept.parts[0]:
            wanted |= {column: f'UPPER("{column}")' for column in same}
        self.run(
            '{verb} INTO "{table}" ({names}) SELECT {values} FROM "{table}" WHERE "{key}" = %s {conflict}',
            self.pk,
            verb=verb,
            names=", ".join(f'"{name}"' for name in wanted),
            values=", ".join(wanted.values()),
            conflict=conflict,
        )

    def push_out(self, kept: Key) -> None:
        """Inserts a row with the same key `kept`, in each database's way to replace a row."""
        if connection.vendor == "sqlite":
            self.copy(kept=kept, verb="INSERT OR REPLACE")
            return
        place = f"({', '.join(kept.parts)})" + (f" WHERE {kept.condition}" if kept.condition else "")
        column = kept.columns[-1]
        self.copy(kept=kept, conflict=f'ON CONFLICT {place} DO UPDATE SET "{column}" = EXCLUDED."{column}"')


def another(model: type[Model], column: str) -> str:
    """SQL for a value that no row has in the column."""
    (field,) = [field for field in model._meta.concrete_fields if field.column == column]
    kind = getattr(field, "target_field", field)
    if isinstance(kind, IntegerField):
        return f'"{column}" + 1000'
    is_sqlite = connection.vendor == "sqlite"
    if isinstance(kind, UUIDField):
        return "lower(hex(randomblob(16)))" if is_sqlite else "gen_random_uuid()"
    if isinstance(kind, DateField):  # an earlier opening, or a later day, breaks no other constraint
        sign = "-" if column == "opens_on" else "+"
        return f"date(\"{column}\", '{sign}3 years')" if is_sqlite else f'"{column}" {sign} 1000'
    return f"'ny-' || \"{column}\""
