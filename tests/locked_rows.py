"""A row behind every lock: an archived agreement with all that belongs to it, and an adopted lägesbild."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from activities.models import Activity
from priorities.models import Agreement, SituationalPicture
from tests.factories import (
    ActivityFactory,
    AgreementAttachmentFactory,
    AgreementFactory,
    FocusAreaFactory,
    FollowUpFactory,
    MembershipFactory,
    MilestoneFactory,
    NeedFactory,
    PartyFactory,
    PictureAttachmentFactory,
    PictureFactory,
    PlaceFactory,
    RoundFactory,
    SourceFactory,
    SourceUseFactory,
)


def open_world() -> Activity:
    """Everything that can be locked, while it is still open."""
    agreement = AgreementFactory()
    MembershipFactory(agreement=agreement)
    AgreementAttachmentFactory(agreement=agreement)
    RoundFactory(agreement=agreement)
    need = NeedFactory(agreement=agreement)
    need.places.add(PlaceFactory())
    need.sources.add(SourceFactory())
    activity: Activity = ActivityFactory(
        agreement=agreement,
        contributors=[PartyFactory(polisen=True)],
        focus_areas=[FocusAreaFactory(agreement=agreement)],
        needs=[need],
    )
    MilestoneFactory(activity=activity)
    FollowUpFactory(activity=activity)
    use = SourceUseFactory(picture=PictureFactory())
    use.places.add(PlaceFactory())
    use.picture.participants.add(PartyFactory(huge=True))
    PictureAttachmentFactory(picture=use.picture)
    return activity


def close() -> None:
    """Archives the agreement and adopts the lägesbild: from now on nothing of them changes."""
    Agreement.objects.update(status=Agreement.Status.ARCHIVED)
    SituationalPicture.objects.update(status=SituationalPicture.Status.ADOPTED)
    connection.check_constraints()  # PostgreSQL empties no table while some wait to be checked


def refused(change: Callable[[], None], sentence: str) -> None:
    """The change is refused, with the lock's own sentence."""
    assert sentence_of(change) == sentence


def sentence_of(change: Callable[[], None]) -> str:
    """What the database says when it refuses the change."""
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        change()
    return str(error.value).splitlines()[0]


@dataclass(frozen=True)
class Row:
    """The first row of a model's table, as raw SQL sees it."""

    model: type[Model]

    @classmethod
    def of(cls, label: str) -> "Row":
        return cls(apps.get_model(label))

    @property
    def key(self) -> str:
        assert self.model._meta.pk is not None
        return self.model._meta.pk.column

    @property
    def columns(self) -> list[str]:
        """All but the key."""
        return [field.column for field in self.model._meta.concrete_fields if not field.primary_key]

    def run(self, sql: str, *parameters: Any, **names: str) -> list[Any]:
        """Runs the SQL with the names of the table, its key and a column in it, and gives the rows it answers with."""
        own = {"table": self.model._meta.db_table, "key": self.key, "column": self.columns[0]}
        with connection.cursor() as cursor:
            cursor.execute(sql.format(**own | names), parameters)
            return cursor.fetchall() if cursor.description else []

    @property
    def pk(self) -> Any:
        ((pk,),) = self.run('SELECT MIN("{key}") FROM "{table}"')
        return pk

    def update(self) -> None:
        self.run('UPDATE "{table}" SET "{column}" = "{column}" WHERE "{key}" = %s', self.pk)

    def delete(self) -> None:
        self.run('DELETE FROM "{table}" WHERE "{key}" = %s', self.pk)

    def empty(self) -> None:
        """PostgreSQL has a statement of its own for it; in SQLite it is a delete without a condition."""
        self.run(
            'TRUNCATE "{table}" CASCADE' if connection.vendor == "postgresql" else 'DELETE FROM "{table}"'
        )

    def copy(self, *, verb: str = "INSERT", conflict: str = "", **changed: str) -> None:
        """Inserts the row again, with other SQL for some columns; under new keys unless they are told."""
        wanted = {column: f'"{column}"' for column in self.columns}
        if "submission_key" in wanted:
            wanted["submission_key"] = {
                "postgresql": "gen_random_uuid()",
                "sqlite": "lower(hex(randomblob(16)))",
            }[connection.vendor]
        wanted |= changed
        self.run(
            '{verb} INTO "{table}" ({names}) SELECT {values} FROM "{table}" WHERE "{key}" = %s {conflict}',
            self.pk,
            verb=verb,
            names=", ".join(f'"{name}"' for name in wanted),
            values=", ".join(wanted.values()),
            conflict=conflict,
        )

    def push_out(self, column: str) -> None:
        """Inserts a row that takes this one's place by the column, as each database can do it."""
        key = {self.key: f'"{self.key}" + 1000', column: f'"{column}"'}
        if connection.vendor == "postgresql":
            self.copy(
                conflict=f'ON CONFLICT ("{column}") DO UPDATE SET "{column}" = EXCLUDED."{column}"', **key
            )
        else:
            self.copy(verb="INSERT OR REPLACE", **key)
