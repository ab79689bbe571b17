"""The plan as of a day, read in place of the plan's tables.

`as_planned` makes a queryset read the activities, their lists, contributions and milestones as they were planned on a
day. Where its SQL names one of those tables in FROM or in a join, it gets a subquery over the history instead, with the
same columns. So filters, joins, annotations and prefetches are written as for today's plan, and cost as many queries.
A query inside it, as in `Exists` or `pk__in`, is another one, which reads today's plan unless it too is `as_planned`.

Not as of the day are an activity's preparation, the days of the two yeses and its version; and it counts as internal if
it is so now or was so on the day. These decide who may see it, which is always asked of today.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.db.models.sql import Query
from django.db.models.sql.datastructures import BaseTable, Join

from activities import models

M = TypeVar("M", bound=Model)

# An activity's columns that are never as of a day.
NOW = {
    "id", "agreement_id", "number", "preparation", "return_reason", "lead_yes_on", "coordinator_yes_on", "version",
    "submission_key",
}  # fmt: skip
_ON_THE_DAY = "held.from_day <= %s AND held.until_day > %s"


def as_planned(rows: QuerySet[M, Any], day: date | None) -> QuerySet[M, Any]:
    """The same rows with the plan as of the day; None is the plan as it is now."""
    if day is None:
        return rows
    chosen, query = rows.all(), rows.query.chain(PlannedQuery)
    query.read_as_of(day)  # type: ignore[attr-defined] # a PlannedQuery
    chosen.query = query
    return chosen


def earlier(day: date, today: date | None) -> date | None:
    """The day when it has passed; None for today or a later one, and without `today`: the plan as it is now."""
    return day if today and day < today else None


def day_of_plan(rows: QuerySet[Any, Any]) -> date | None:
    """The day whose plan the queryset reads; None for the plan as it is now."""
    return getattr(rows.query, "day", None)


class PlannedTable(BaseTable):
    """The first table in FROM; a subquery when it is one of the plan's."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return _in_place(self, compiler, super().as_sql(compiler, connection))


class PlannedJoin(Join):
    """A joined table; a subquery when it is one of the plan's."""

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return _in_place(self, compiler, super().as_sql(compiler, connection))


def _in_place(table: Any, compiler: Any, made: Any) -> Any:
    """The SQL and parameters of a table in FROM, with a table of the plan's replaced."""
    sql, params = made
    planned = tables().get(table.table_name)
    if planned is None:
        return made
    name, day = compiler.quote_name_unless_alias(table.table_name), compiler.query.day
    alias = f" {name}" if table.table_alias == table.table_name else ""
    return sql.replace(name, f"({planned}){alias}", 1), [day, day, *params]


class PlannedQuery(Query):
    """A query that reads the plan as of `day`."""

    base_table_class = PlannedTable
    join_class = PlannedJoin
    day: date

    def read_as_of(self, day: date) -> None:
        self.day = day
        self.alias_map = {alias: _planned(table) for alias, table in self.alias_map.items()}

    def split_exclude(self, *args: Any, **named: Any) -> Any:
        """Would ask a query of its own, which knows no day."""
        raise LookupError("Write `~Exists(…)` for what lacks rows of another table as of a day.")


def _planned(table: Any) -> Any:
    if isinstance(table, Join):
        return PlannedJoin(
            table.table_name, table.parent_alias, table.table_alias, table.join_type, table.join_field,
            table.nullable, filtered_relation=table.filtered_relation,
        )  # fmt: skip
    return PlannedTable(table.table_name, table.table_alias)


@lru_cache(maxsize=1)
def tables() -> dict[str, str]:
    """The SQL that takes each table's place, by the table's name."""
    activity = models.Activity
    return {
        activity._meta.db_table: _activities(),
        activity.focus_areas.through._meta.db_table: _listed(models.PlaceDays, "focusarea_id"),
        activity.needs.through._meta.db_table: _listed(models.NeedDays, "need_id"),
        models.Contribution._meta.db_table: _rows(models.Contribution, models.ContributionDays),
        models.Milestone._meta.db_table: _rows(models.Milestone, models.MilestoneDays),
    }


def _activities() -> str:
    model = models.Activity
    columns = [
        f'{"live" if field.column in NOW else "past"}."{field.column}"'
        for field in model._meta.concrete_fields
        if field.column != "is_internal"
    ]
    columns.append('(live."is_internal" OR past."is_internal") AS "is_internal"')
    return (
        f"SELECT {', '.join(columns)} FROM {model._meta.db_table} live "  # noqa: S608 -- names from our own models
        f"JOIN {models.ActivityDays._meta.db_table} held ON held.row_id = live.id AND {_ON_THE_DAY} "
        # As an outer join, which PostgreSQL leaves out of a query that reads none of its columns. There always is one.
        f"LEFT JOIN {model.history.model._meta.db_table} past ON past.history_id = held.record_id"
    )


def _listed(days: type[Model], column: str) -> str:
    """The rows of one of an activity's lists."""
    return (
        f'SELECT held.id, held.row_id AS "activity_id", held.other_id AS "{column}" '  # noqa: S608 -- as above
        f"FROM {days._meta.db_table} held WHERE {_ON_THE_DAY}"
    )


def _rows(model: type[Model], days: type[Model]) -> str:
    columns = ", ".join(f'past."{field.column}"' for field in model._meta.concrete_fields)
    return (
        f"SELECT {columns} FROM {days._meta.db_table} held "  # noqa: S608 -- as above
        f"JOIN {model.history.model._meta.db_table} past ON past.history_id = held.record_id "  # type: ignore[attr-defined] # simple-history's
        f"WHERE {_ON_THE_DAY}"
    )
