"""What has changed in an activity's plan, when and by whom? Told from its history, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.apps import apps

from activities import policies
from activities.models import Activity, Contribution, Milestone
from activities.policies import Standing
from parties.models import User
from samverkan.lib.dates import in_words
from samverkan.lib.history import by_function
from samverkan.lib.numbers import written

EMPTY = "–"
NAMED = ("lead", "unit", "priority_area", "replaces", "continues")
# Where the names of what a list held stand.
LISTS = {"focus_areas": "focusarea__place__name", "needs": "need__problem"}
# Where the form says more than the model, so that two fields never share a name.
LABELS = {
    "owner_title": "Ansvarig för genomförandet",
    "measure_unit": "Enhet för måttet",
    "unit": "Förvaltning eller enhet",
    "effect_horizon": "Effekt på sikt",
}
# Told by the others: the agreement and the number never change, and the days of the two yeses follow `preparation`.
UNTOLD = {"id", "agreement", "number", "version", "submission_key", "lead_yes_on", "coordinator_yes_on"}
TOLD_IN_ORDER: tuple[type, ...] = (Activity, Contribution, Milestone)
LONG = 70  # characters that still stand well on one line with what was before

Values = dict[str, str]
Known = dict[tuple[type, int], Values]


@dataclass(frozen=True)
class Line:
    """`Slutdatum: 30 juni 2024 → 31 december 2024`; `before` is empty for what was new."""

    label: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.label}: {self.before} → {self.after}" if self.before else f"{self.label}: {self.after}"

    @property
    def is_long(self) -> bool:
        """Better read one below the other."""
        return any(len(text) > LONG or "\n" in text for text in (self.before, self.after))


@dataclass(frozen=True)
class Change:
    """What one person changed in one save. `by` is None for a set-up command, `was` None for the first save."""

    at: datetime
    by: User | None
    lines: list[Line]
    was: Standing | None
    became: Standing

    @property
    def is_first(self) -> bool:
        return self.was is None

    @property
    def who(self) -> str:
        """The function, as in the log; never a person's name where there is a function."""
        return by_function(self.by)

    @property
    def beginning(self) -> str:
        """What to say of the save with which the history begins, for whoever reads it; empty for a change."""
        if self.lines:
            return ""
        return "Aktiviteten är beslutad." if self.became.is_agreed else "Utkastet är sparat."


def changes(activity: Activity) -> list[Change]:
    """Newest first; the first save has no lines. A constant number of queries, however long the history is."""
    records = [
        *_records(activity.past.all(), *NAMED),
        *_records(Contribution.history.filter(activity=activity.pk), "party"),
        *_records(Milestone.history.filter(activity=activity.pk)),
    ]
    records.sort(key=lambda record: (record.history_date, record.history_id))
    listed = {name: _listed(activity, name) for name in LISTS}
    told: list[Change] = []
    known: Known = {}
    stands: Standing | None = None
    for (at, by_id), saved in groupby(
        records, key=lambda record: (record.history_date, record.history_user_id)
    ):
        group = list(saved)
        before, was = dict(known), stands
        for record in group:
            known[_key(record)] = {} if record.history_type == "-" else _values_of(record, listed)
            stands = _standing(record) or stands
        keys = sorted(dict.fromkeys(map(_key, group)), key=lambda key: TOLD_IN_ORDER.index(key[0]))
        lines = [line for key in keys for line in _differences(key, before, known)]
        if stands and (was is None or lines):
            by = group[0].history_user if by_id else None
            told.append(Change(at, by, lines if was else [], was, stands))
    return told[::-1]


def newest_change(activity: Activity) -> Change | None:
    """The last save; None when nothing was told of."""
    return next(iter(changes(activity)), None)


def change_at(activity: Activity, at: datetime) -> Change | None:
    """What was saved at the moment; None when it is nothing that the history keeps, such as who reports."""
    newest = newest_change(activity)
    return newest if newest and newest.at == at else None


def label_of(name: str) -> str:
    """What an activity's field is called where its plan is told of."""
    return LABELS.get(name) or str(Activity._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr] # each of ours has one


def changes_for(user: User, activity: Activity) -> list[Change]:
    """Those that the user could see when they were made. To others than its parties the history begins when they first saw it.

    What stood before that, such as a text that was taken out of a draft, is not told afterwards.
    Needs `contributions` prefetched.
    """
    if policies.is_party_to(user, activity):
        return changes(activity)
    seen = []
    for change in changes(activity):
        if not policies.could_see(user, change.became):
            continue
        if change.was and policies.could_see(user, change.was):
            seen.append(change)
        else:
            seen.append(Change(change.at, change.by, [], change.was, change.became))
    return seen


def _records(rows: Any, *named: str) -> Iterable[Any]:
    return rows.select_related("history_user", *named).order_by("history_date", "history_id")


def _key(record: Any) -> tuple[type, int]:
    return record.instance_type, record.id


def _standing(record: Any) -> Standing | None:
    """How far the activity had come with the record; None when it tells of a part of it."""
    if record.instance_type is not Activity:
        return None
    return Standing(record.preparation == Activity.Preparation.AGREED, record.is_internal)


def _differences(key: tuple[type, int], before: Known, known: Known) -> Iterator[Line]:
    old, new = before.get(key, {}), known[key]
    model, _ = key
    if model is Activity:
        for label, value in new.items():
            if (had := old.get(label, EMPTY)) != value:
                yield Line(label, _nothing_for(had), value)
    elif not new:
        if old:
            yield Line(f"{_title(model)} {_gone(model)}", "", old["name"])
    elif not old:
        yield Line(f"{_title(model)} {_come(model)}", "", _summary(new))
    else:
        for label, value in new.items():
            if old[label] != value:
                subject = (
                    _title(model) if label == "name" else f"{_title(model)} ”{new['name']}”, {label.lower()}"
                )
                yield Line(subject, _nothing_for(old[label]), value)


def _nothing_for(value: str) -> str:
    """What was empty need not be told of before what came."""
    return "" if value == EMPTY else value


def _title(model: type) -> str:
    return "Delmål" if model is Milestone else "Medverkande part"


def _gone(model: type) -> str:
    return "borttaget" if model is Milestone else "borttagen"


def _come(model: type) -> str:
    return "tillagt" if model is Milestone else "tillagd"


def _summary(values: Values) -> str:
    details = ", ".join(
        f"{label.lower()} {value}" for label, value in values.items() if label != "name" and value != EMPTY
    )
    return f"{values['name']} ({details})" if details else values["name"]


def _values_of(record: Any, listed: dict[str, dict[int, list[str]]]) -> Values:
    """Each field's label with its value in words, as of the record. What is gone since has no name any more."""
    if record.instance_type is Contribution:
        return {
            "name": _named(record.party),
            "Bidrag": record.what or EMPTY,
            "Bekräftad": _words(record.confirmed_on),
        }
    if record.instance_type is Milestone:
        return {"name": record.title, "Klart senast": _words(record.due_on), "Klart": _words(record.done_on)}
    values = {}
    for field in Activity._meta.concrete_fields:
        if field.name in UNTOLD:
            continue
        label = label_of(field.name)
        if field.name in NAMED:
            values[label] = _named(getattr(record, field.name))
        elif field.choices:
            values[label] = getattr(record, f"get_{field.name}_display")() or EMPTY
        else:
            values[label] = _words(getattr(record, field.name))
    held = {name: sorted(rows.get(record.history_id, ())) for name, rows in listed.items()}
    return values | {
        "Geografiska områden": ", ".join(held["focus_areas"]) or "Hela kommunen",
        "Behov": "; ".join(held["needs"]) or EMPTY,
    }


def _listed(activity: Activity, name: str) -> dict[int, list[str]]:
    """What a list held by each record in the history: simple-history keeps it in a table of its own. One query."""
    kept = apps.get_model("activities", f"HistoricalActivity_{name}")
    found: dict[int, list[str]] = {}
    for record, label in kept.objects.filter(history__id=activity.pk).values_list("history_id", LISTS[name]):
        found.setdefault(record, []).append(label or EMPTY)
    return found


def _named(row: Any) -> str:
    """Another activity by its number alone: not everybody who reads this may know its name."""
    if isinstance(row, Activity):
        return f"aktivitet {row.number}"
    return str(row) if row else EMPTY


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
