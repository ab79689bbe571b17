"""What has changed in an activity's plan, when and by whom? Told from its history, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.apps import apps
from django.db.models import Model

from activities.models import Activity, Contribution, Milestone
from parties.models import Party, Unit, User
from priorities.models import FocusArea, Need, PriorityArea
from samverkan.lib.dates import in_words
from samverkan.lib.numbers import written

EMPTY = "–"
NAMED: dict[str, type[Model]] = {
    "lead": Party,
    "unit": Unit,
    "priority_area": PriorityArea,
    "replaces": Activity,
    "continues": Activity,
}
LISTS: dict[str, type[Model]] = {"focus_areas": FocusArea, "needs": Need}
# Told by the others: the agreement and the number never change, and the days of the two yeses follow `preparation`.
UNTOLD = {"id", "agreement", "number", "version", "submission_key", "lead_yes_on", "coordinator_yes_on"}


@dataclass(frozen=True)
class Line:
    """`Slutdatum: 30 juni 2024 → 31 december 2024`; `before` is empty for what was new."""

    label: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.label}: {self.before} → {self.after}" if self.before else f"{self.label}: {self.after}"


@dataclass(frozen=True)
class Change:
    """What one person changed in one save. `by` is None for a set-up command."""

    at: datetime
    by: User | None
    lines: list[Line]
    is_first: bool

    @property
    def who(self) -> str:
        """The function, as in the log; never a person's name where there is a function."""
        return (self.by.title or self.by.display_name) if self.by else "Systemet"


def changes(activity: Activity) -> list[Change]:
    """Newest first; the first save has no lines. A constant number of queries, however long the history is."""
    records = [
        *_records(activity.past.all()),
        *_records(Contribution.history.filter(activity=activity.pk)),
        *_records(Milestone.history.filter(activity=activity.pk)),
    ]
    records.sort(key=lambda record: (record.history_date, record.history_id))
    names = _Names(activity, records)
    told: list[Change] = []
    known: dict[tuple[type, int], dict[str, str]] = {}
    for (at, by_id), saved in groupby(
        records, key=lambda record: (record.history_date, record.history_user_id)
    ):
        group = list(saved)
        before = dict(known)
        for record in group:
            known[_key(record)] = {} if record.history_type == "-" else names.values_of(record)
        lines = [line for key in dict.fromkeys(map(_key, group)) for line in _differences(key, before, known)]
        is_first = not told
        if is_first or lines:
            by = group[0].history_user if by_id else None
            told.append(Change(at, by, [] if is_first else lines, is_first))
    return told[::-1]


def newest_change(activity: Activity) -> Change | None:
    """The last save; None when nothing was told of."""
    return next(iter(changes(activity)), None)


def _records(rows: Any) -> Iterable[Any]:
    return rows.select_related("history_user").order_by("history_date", "history_id")


def _key(record: Any) -> tuple[type, int]:
    return record.instance_type, record.id


def _differences(
    key: tuple[type, int],
    before: dict[tuple[type, int], dict[str, str]],
    known: dict[tuple[type, int], dict[str, str]],
) -> Iterator[Line]:
    old, new = before.get(key, {}), known[key]
    model, _ = key
    if model is Activity:
        for label, value in new.items():
            if old.get(label, EMPTY) != value:
                yield Line(label, old.get(label, EMPTY), value)
    elif not new:
        yield Line(
            f"{_title(model)} borttaget" if model is Milestone else f"{_title(model)} borttagen",
            "",
            old["name"],
        )
    elif not old:
        yield Line(
            f"{_title(model)} tillagt" if model is Milestone else f"{_title(model)} tillagd",
            "",
            _summary(new),
        )
    else:
        for label, value in new.items():
            if old[label] != value:
                subject = (
                    _title(model) if label == "name" else f"{_title(model)} ”{new['name']}”, {label.lower()}"
                )
                yield Line(subject, old[label], value)


def _title(model: type) -> str:
    return "Delmål" if model is Milestone else "Medverkande part"


def _summary(values: dict[str, str]) -> str:
    details = ", ".join(
        f"{label.lower()} {value}" for label, value in values.items() if label != "name" and value != EMPTY
    )
    return f"{values['name']} ({details})" if details else values["name"]


class _Names:
    """What the ids in the history stand for, fetched once."""

    def __init__(self, activity: Activity, records: list[Any]) -> None:
        self.listed = {name: _listed(activity, name) for name in LISTS}
        wanted: dict[Any, set[int]] = {
            model: {row for rows in self.listed[name].values() for row in rows}
            for name, model in LISTS.items()
        }
        for record in records:
            if record.instance_type is Activity:
                for name, model in NAMED.items():
                    wanted.setdefault(model, set()).add(getattr(record, f"{name}_id"))
            elif record.instance_type is Contribution:
                wanted.setdefault(Party, set()).add(record.party_id)
        self.found = {model: _in_words(model, ids - {None}) for model, ids in wanted.items()}

    def _list(self, name: str, record: Any) -> list[str]:
        return sorted(
            self.found[LISTS[name]].get(pk, EMPTY) for pk in self.listed[name].get(record.history_id, ())
        )

    def values_of(self, record: Any) -> dict[str, str]:
        """Each field's label with its value in words, as of the record."""
        if record.instance_type is Contribution:
            party = self.found[Party].get(record.party_id, EMPTY)
            return {"name": party, "Bidrag": record.what or EMPTY, "Bekräftad": _words(record.confirmed_on)}
        if record.instance_type is Milestone:
            return {
                "name": record.title,
                "Klart senast": _words(record.due_on),
                "Klart": _words(record.done_on),
            }
        values = {}
        for field in Activity._meta.concrete_fields:
            if field.name in UNTOLD:
                continue
            label = str(field.verbose_name).capitalize()
            if field.name in NAMED:
                values[label] = self.found[NAMED[field.name]].get(getattr(record, f"{field.name}_id"), EMPTY)
            elif field.choices:
                values[label] = getattr(record, f"get_{field.name}_display")() or EMPTY
            else:
                values[label] = _words(getattr(record, field.name))
        return values | {
            "Geografiska områden": ", ".join(self._list("focus_areas", record)) or "Hela kommunen",
            "Behov": "; ".join(self._list("needs", record)) or EMPTY,
        }


def _listed(activity: Activity, name: str) -> dict[int, list[int]]:
    """What a list held by each record in the history: simple-history keeps it in a table of its own."""
    kept = apps.get_model("activities", f"HistoricalActivity_{name}")
    pairs = kept.objects.filter(history__id=activity.pk).values_list(
        "history_id", LISTS[name]._meta.model_name
    )
    found: dict[int, list[int]] = {}
    for record, pk in pairs:
        found.setdefault(record, []).append(pk)
    return found


def _in_words(model: Any, ids: set[int]) -> dict[int, str]:
    rows = model.objects.filter(pk__in=ids)
    if model is FocusArea:
        rows = rows.select_related("place")
    return {row.pk: str(row) for row in rows} if ids else {}


def _words(value: Any) -> str:
    match value:
        case bool():
            return "ja" if value else "nej"
        case date():
            return in_words(value)
        case Decimal():
            return written(value)
        case _:
            return str(value) if value not in {None, ""} else EMPTY
