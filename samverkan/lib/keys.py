"""Which unique indexes does a model's table have? SQLite's REPLACE removes rows by them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Model, Q, UniqueConstraint
from django.db.models.sql import Query


@dataclass(frozen=True)
class Key:
    """A unique index in SQL. `parts` are columns or expressions such as `LOWER("name")`.

    `condition` is that of a partial index; empty for an index of all rows.
    """

    parts: tuple[str, ...]
    condition: str = ""

    @property
    def columns(self) -> list[str]:
        return re.findall(r'"(\w+)"', " ".join(self.parts))

    def shared_with(self, row: str) -> str:
        """SQL that is true for rows with the same key as `row`. Their own columns have no table name before them."""
        same = [f"{part} = {_of(row, part)}" for part in self.parts]
        both = [f"({self.condition})", f"({_of(row, self.condition)})"] if self.condition else []
        return " AND ".join(same + both)


def keys_of(model: type[Model], connection: BaseDatabaseWrapper) -> list[Key]:
    """All unique indexes of the model, the primary key first."""
    meta = model._meta
    alone = [(field.name,) for field in meta.concrete_fields if field.unique]
    together = [tuple(names) for names in meta.unique_together]
    constraints = [limit for limit in meta.constraints if isinstance(limit, UniqueConstraint)]
    keys = [_key(model, connection, map(F, names)) for names in [*alone, *together]]
    return keys + [
        _key(model, connection, limit.expressions or map(F, limit.fields), limit.condition)
        for limit in constraints
    ]


def _key(
    model: type[Model], connection: BaseDatabaseWrapper, parts: Iterable[Any], condition: Q | None = None
) -> Key:
    query = Query(model, alias_cols=False)
    compiler = query.get_compiler(connection=connection)
    quote = connection.schema_editor().quote_value

    def written(expression: Any) -> str:
        sql, parameters = compiler.compile(expression)
        return sql % tuple(quote(value) for value in parameters)

    return Key(
        tuple(written(part.resolve_expression(query)) for part in parts),
        written(query.build_where(condition)) if condition else "",
    )


def _of(row: str, sql: str) -> str:
    """The SQL with `row.` before every column. Django quotes columns, and nothing else, with double quotes."""
    return re.sub(r'("\w+")', rf"{row}.\1", sql)
