"""The changes of an activity's plan, read from its history: which fields, from what to what, when and by whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.apps import apps

from activities import policies
from activities.models import Activity, Contribution, Milestone
from activities.policies import Visibility
from parties.models import User
from samverkan.lib.dates import in_words
from samverkan.lib.history import by_function
from samverkan.lib.numbers import as_typed

EMPTY = "–"
NAMED = ("lead", "unit", "priority_area", "replaces", "continues")
# Which column of a list's history holds the name to show.
LISTS = {"focus_areas": "focusarea__place__name", "needs": "need__problem"}
# The plan form's label where the model's is another: two fields must never share a label.
LABELS = {
    "owner_title": "Ansvarig för genomförandet",
    "starts_on": "Start",
    "ends_on": "Slut",
    "goal": "Mätbart mål",
    "measure_unit": "Enhet för måttet",
    "unit": "Förvaltning eller enhet",
    "effect_horizon": "Effekt på sikt",
}
# The fields of a plan as its form has them, from the top.
IN_ORDER = (
    "title", "needs", "priority_area", "focus_areas", "lead", "owner_title", "contributors", "starts_on", "ends_on",
    "purpose", "goal", "measure", "measure_unit", "baseline", "target", "unit", "reporters", "is_recurring",
    "is_internal", "kind", "effect_horizon",
)  # fmt: skip
# The agreement and the number never change; the days of the two yeses follow from `preparation`.
LEFT_OUT = {"id", "agreement", "number", "version", "submission_key", "lead_yes_on", "coordinator_yes_on"}
MODELS_IN_ORDER: tuple[type, ...] = (Activity, Contribution, Milestone)
ANSWER = "Svar"  # a contributing party's, which is told in words of its own
LONG = 70  # characters; a longer value gets a line of its own

Values = dict[str, str]
Known = dict[tuple[type, int], Values]


@dataclass(frozen=True)
class ChangedField:
    """`Slut: 30 juni 2024 → 31 december 2024`. `before` is empty when there was no value."""

    label: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.label}: {self.before} → {self.after}" if self.before else f"{self.label}: {self.after}"

    @property
    def is_long(self) -> bool:
        """Whether the two values should stand below each other."""
        return any(len(text) > LONG or "\n" in text for text in (self.before, self.after))


@dataclass(frozen=True)
class PlanChange:
    """What one person changed in one save. `by` is None for a set-up command, `was` is None for the first save."""

    at: datetime
    by: User | None
    lines: list[ChangedField]
    was: Visibility | None
    became: Visibility

    @property
    def is_first(self) -> bool:
        return self.was is None

    @property
    def who(self) -> str:
        """The person's function; the name only where there is no function."""
        return by_function(self.by)

    @property
    def beginning(self) -> str:
        """The sentence for the save that begins the history; empty for a later change."""
        if self.lines:
            return ""
        return "Aktiviteten är beslutad." if self.became.is_agreed else "Utkastet är sparat."


def changes(activity: Activity) -> list[PlanChange]:
    """All changes, newest first; the first save has no lines. A constant number of queries."""
    records = [
        *_records(activity.past.all(), *NAMED),
        *_records(Contribution.history.filter(activity=activity.pk), "party"),
        *_records(Milestone.history.filter(activity=activity.pk)),
    ]
    records.sort(key=lambda record: (record.history_date, record.history_id))
    listed = {name: _listed(activity, name) for name in LISTS}
    found: list[PlanChange] = []
    known: Known = {}
    standing: Visibility | None = None
    for (at, by_id), saved in groupby(
        records, key=lambda record: (record.history_date, record.history_user_id)
    ):
        group = list(saved)
        before, was = dict(known), standing
        for record in group:
            known[_key(record)] = {} if record.history_type == "-" else _values_of(record, listed)
            standing = _standing(record) or standing
        keys = sorted(dict.fromkeys(map(_key, group)), key=lambda key: MODELS_IN_ORDER.index(key[0]))
        lines = [line for key in keys for line in _differences(key, before, known)]
        if standing and (was is None or lines):
            by = group[0].history_user if by_id else None
            found.append(PlanChange(at, by, lines if was else [], was, standing))
    return found[::-1]


def newest_change(activity: Activity) -> PlanChange | None:
    """The newest change; None without a history."""
    return next(iter(changes(activity)), None)


def change_at(activity: Activity, at: datetime) -> PlanChange | None:
    """The change saved at that moment; None when the history does not keep what was saved, such as the reporters."""
    newest = newest_change(activity)
    return newest if newest and newest.at == at else None


def in_form_order(names: Iterable[str]) -> list[str]:
    """The names of an activity's fields, those of the plan form from its top, then the others."""
    places = {name: place for place, name in enumerate(IN_ORDER)}
    return sorted(names, key=lambda name: (places.get(name, len(places)), name))


def label_of(name: str) -> str:
    """The label of an activity's field, as the plan form has it."""
    return LABELS.get(name) or str(Activity._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr] # each of ours has one


def changes_for(user: User, activity: Activity) -> list[PlanChange]:
    """The changes that the user could see when they were made; all of them for the activity's own parties.

    For others the history begins when the activity became visible to them, so that a text removed from a draft stays
    hidden. Needs `contributions` prefetched.
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
            seen.append(PlanChange(change.at, change.by, [], change.was, change.became))
    return seen


def _records(rows: Any, *named: str) -> Iterable[Any]:
    return rows.select_related("history_user", *named).order_by("history_date", "history_id")


def _key(record: Any) -> tuple[type, int]:
    return record.instance_type, record.id


def _standing(record: Any) -> Visibility | None:
    """The preparation as of the record; None for a record of a contribution or a milestone."""
    if record.instance_type is not Activity:
        return None
    return Visibility(record.preparation == Activity.Preparation.AGREED, record.is_internal)


def _differences(key: tuple[type, int], before: Known, known: Known) -> Iterator[ChangedField]:
    old, new = before.get(key, {}), known[key]
    model, _ = key
    if model is Activity:
        for label, value in new.items():
            if (had := old.get(label, EMPTY)) != value:
                yield ChangedField(label, _nothing_for(had), value)
    elif not new:
        if old:
            yield ChangedField(f"{_title(model)} {_gone(model)}", "", old["name"])
    elif not old:
        yield ChangedField(f"{_title(model)} {_come(model)}", "", _summary(new))
    else:
        for label, value in new.items():
            if label == ANSWER and old[label] != value:
                yield ChangedField(new["name"], "", value if value != EMPTY else "är tillfrågad igen")
            elif old[label] != value:
                subject = (
                    _title(model) if label == "name" else f"{_title(model)} ”{new['name']}”, {label.lower()}"
                )
                yield ChangedField(subject, _nothing_for(old[label]), value)


def _nothing_for(value: str) -> str:
    """Leaves out the old value when it was empty."""
    return "" if value == EMPTY else value


def _title(model: type) -> str:
    return "Delmål" if model is Milestone else "Medverkande part"


def _gone(model: type) -> str:
    return "borttaget" if model is Milestone else "borttagen"


def _come(model: type) -> str:
    return "tillagt" if model is Milestone else "tillagd"


def _summary(values: Values) -> str:
    details = ", ".join(
        value if label == ANSWER else f"{label.lower()} {value}"
        for label, value in values.items()
        if label != "name" and value != EMPTY
    )
    return f"{values['name']} ({details})" if details else values["name"]


def _values_of(record: Any, listed: dict[str, dict[int, list[str]]]) -> Values:
    """Each field's label with its value as text, as of the record. A row removed since then has no name."""
    if record.instance_type is Contribution:
        return {
            "name": _named(record.party),
            "Bidrag": record.what or EMPTY,
            ANSWER: _answer(record),
        }
    if record.instance_type is Milestone:
        return {
            "name": record.title,
            "Klart senast": _as_text(record.due_on),
            "Klart": _as_text(record.done_on),
        }
    values = {}
    for field in Activity._meta.concrete_fields:
        if field.name in LEFT_OUT:
            continue
        label = label_of(field.name)
        if field.name in NAMED:
            values[label] = _named(getattr(record, field.name))
        elif field.choices:
            values[label] = getattr(record, f"get_{field.name}_display")() or EMPTY
        else:
            value = getattr(record, field.name)
            is_number = isinstance(value, Decimal)
            values[label] = as_typed(value, record.measure_unit) if is_number else _as_text(value)
    held = {name: sorted(rows.get(record.history_id, ())) for name, rows in listed.items()}
    return values | {
        "Geografiska områden": ", ".join(held["focus_areas"]) or "Hela kommunen",
        "Behov": "; ".join(held["needs"]) or EMPTY,
    }


def _answer(record: Any) -> str:
    """`tackade nej 30 september 2024`; a dash until the party has answered."""
    if record.declined_on:
        return f"tackade nej {in_words(record.declined_on)}"
    return f"bekräftade sin medverkan {in_words(record.confirmed_on)}" if record.confirmed_on else EMPTY


def _listed(activity: Activity, name: str) -> dict[int, list[str]]:
    """The names that a list held, by history record. simple-history keeps them in a table of its own. One query."""
    kept = apps.get_model("activities", f"HistoricalActivity_{name}")
    found: dict[int, list[str]] = {}
    for record, label in kept.objects.filter(history__id=activity.pk).values_list("history_id", LISTS[name]):
        found.setdefault(record, []).append(label or EMPTY)
    return found


def _named(row: Any) -> str:
    """The row's name; only the number of another activity, since the reader may not be allowed to see its title."""
    if isinstance(row, Activity):
        return f"aktivitet {row.number}"
    return str(row) if row else EMPTY


def _as_text(value: Any) -> str:
    match value:
        case bool():
            return "ja" if value else "nej"
        case date():
            return in_words(value)
        case _:
            return str(value) if value not in {None, ""} else EMPTY
