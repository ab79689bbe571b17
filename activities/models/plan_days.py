"""Which record of the history is the plan on which days, so that the plan as of a day is read without a search.

Derived from the history whenever a record is added, in the same transaction: `derive` can make it anew and
`wrong_days` finds what differs. A record holds from its own day (Europe/Stockholm) until the day of the next one; of
several on a day the last one holds. An activity's first day holds for all earlier days too, and with it the milestones
and contributions of that day: what was registered late is shown as it was first told. Milestones and contributions that
came later did not exist before their day.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from django.db import models, transaction
from django.db.models import Min
from simple_history.signals import post_create_historical_record

from activities.models.activity import Activity, Contribution, Milestone
from samverkan.lib import clock


class PlanDays(models.Model):
    """The days on which a record of the history holds: from `from_day`, to the day before `until_day`."""

    row_id = models.BigIntegerField("rad")
    from_day = models.DateField("från och med")
    until_day = models.DateField("till, men inte med")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.row_id}, {self.from_day}–{self.until_day}"


class ActivityDays(PlanDays):
    record = models.OneToOneField(Activity.history.model, models.PROTECT, primary_key=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "dagar för aktivitetens plan"
        indexes = [models.Index(fields=["row_id", "until_day"], name="activity_plan_by_day")]


class ListDays(PlanDays):
    """The days on which an activity, `row_id`, had another row in one of its lists, which is therefore never removed."""

    class Meta:
        abstract = True


class PlaceDays(ListDays):
    other = models.ForeignKey(
        "priorities.FocusArea", models.PROTECT, related_name="planned_days", verbose_name="geografiskt område"
    )

    class Meta:
        verbose_name = verbose_name_plural = "dagar för aktivitetens geografiska områden"
        indexes = [models.Index(fields=["row_id", "until_day"], name="activity_places_by_day")]


class NeedDays(ListDays):
    other = models.ForeignKey(
        "priorities.Need", models.PROTECT, related_name="planned_days", verbose_name="behov"
    )

    class Meta:
        verbose_name = verbose_name_plural = "dagar för aktivitetens behov"
        indexes = [models.Index(fields=["row_id", "until_day"], name="activity_needs_by_day")]


class ContributionDays(PlanDays):
    record = models.OneToOneField(
        Contribution.history.model, models.PROTECT, primary_key=True, related_name="+"
    )

    class Meta:
        verbose_name = verbose_name_plural = "dagar för medverkan"
        indexes = [models.Index(fields=["row_id", "until_day"], name="contribution_by_day")]


class MilestoneDays(PlanDays):
    record = models.OneToOneField(Milestone.history.model, models.PROTECT, primary_key=True, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "dagar för delmål"
        indexes = [models.Index(fields=["row_id", "until_day"], name="milestone_by_day")]


DAYS: dict[type[models.Model], type[PlanDays]] = {
    Activity: ActivityDays,
    Contribution: ContributionDays,
    Milestone: MilestoneDays,
}
# The tables for an activity's lists, by field, with the name of the field in the history of the list.
LISTS: dict[str, tuple[type[PlaceDays | NeedDays], str]] = {
    "focus_areas": (PlaceDays, "focusarea_id"),
    "needs": (NeedDays, "need_id"),
}


class Record(NamedTuple):
    """What decides the days of a record of the history. `activity` is the key of the activity that it belongs to."""

    row: int
    key: int
    day: date
    is_end: bool
    activity: int


def derive(model: type[models.Model], rows: Iterable[int] | None = None) -> None:
    """Makes the days of the model's rows anew from the history; of all its rows without `rows`."""
    for table, wanted in _wanted(model, rows).items():
        held = (
            table._default_manager.all() if rows is None else table._default_manager.filter(row_id__in=rows)
        )
        held.delete()
        table._default_manager.bulk_create(wanted)


@transaction.atomic
def derive_all() -> None:
    """Makes the days of all plans anew from the history."""
    for model in DAYS:
        derive(model)


def wrong_days() -> list[str]:
    """The rows whose days are not what the history says: `activitydays 14`; empty when all is right."""
    found = set()
    for model in DAYS:
        for table, wanted in _wanted(model).items():
            name = table._meta.model_name
            differing = {*map(_values, table._default_manager.all())} ^ {*map(_values, wanted)}
            found |= {f"{name} {row}" for row, *_ in differing}
    return sorted(found)


def _values(days: PlanDays) -> tuple[int, ...]:
    own = {field.attname: getattr(days, field.attname) for field in days._meta.concrete_fields}
    return days.row_id, *(value for name, value in own.items() if name not in {"id", "row_id"})


def _wanted(model: type[models.Model], rows: Iterable[int] | None = None) -> dict[type[PlanDays], list[Any]]:
    """What the tables should hold."""
    records = _records(model, rows)
    first_days = _first_days({each.activity for each in records})
    by_row = groupby(records, key=lambda record: record.row)
    days = [each for _, group in by_row for each in _days(DAYS[model], list(group), first_days)]
    found: dict[type[PlanDays], list[Any]] = {DAYS[model]: days}
    if model is Activity:
        found |= {table: list(_listed(name, days)) for name, (table, _) in LISTS.items()}
    return found


def _listed(name: str, days: Iterable[Any]) -> Iterator[ListDays]:
    """The rows of a list on the days of each record of its activity."""
    of_record = {each.record_id: each for each in days}
    (table, column), kept = LISTS[name], getattr(Activity.history.model, name).model
    existing: Any = table._meta.get_field("other").related_model
    held = kept.objects.filter(history__in=of_record, **{f"{column}__in": existing.objects.values("pk")})
    for record, other in held.values_list("history_id", column):
        own = of_record[record]
        yield table(row_id=own.row_id, other_id=other, from_day=own.from_day, until_day=own.until_day)


def _records(model: type[models.Model], rows: Iterable[int] | None) -> list[Record]:
    """By row, the oldest first."""
    kept = model.history.all() if rows is None else model.history.filter(id__in=rows)  # type: ignore[attr-defined] # simple-history's
    owner = "id" if model is Activity else "activity_id"
    found = kept.order_by("id", "history_date", "history_id")
    values = found.values_list("id", "history_id", "history_date", "history_type", owner)
    return [Record(row, key, _day(at), kind == "-", owner) for row, key, at, kind, owner in values]


def _first_days(activities: set[int]) -> Mapping[int, date]:
    """The day on which each activity's history begins."""
    began = (
        Activity.history.filter(id__in=activities).order_by().values_list("id").annotate(Min("history_date"))
    )
    return {activity: _day(at) for activity, at in began}


def _days(table: type[Any], records: list[Record], first_days: Mapping[int, date]) -> Iterator[PlanDays]:
    """The days of one row's records. Its end is a record too, which holds on no day."""
    if table is ActivityDays and records[-1].is_end:
        return  # a draft that was removed: nobody sees it as of any day
    last_of_day = {record.day: record for record in records}.values()
    begun = first_days.get(records[0].activity)
    for n, (record, following) in enumerate(pairwise([*last_of_day, None])):
        if record and not record.is_end:
            starts = date.min if n == 0 and begun and record.day <= begun else record.day
            until = following.day if following else date.max
            yield table(record_id=record.key, row_id=record.row, from_day=starts, until_day=until)


def _day(moment: datetime) -> date:
    return clock.local(moment).date()


def _keep_days(sender: type, instance: models.Model, history_instance: Any, **_: Any) -> None:
    if type(instance) not in DAYS:
        return
    derive(type(instance), [history_instance.id])
    if isinstance(instance, Activity) and _is_oldest(history_instance):
        # Its first day is that of its parts too.
        for part in (Contribution, Milestone):
            parts = part.history.filter(activity=instance.pk)
            derive(part, {*parts.values_list("id", flat=True)})


def _is_oldest(record: Any) -> bool:
    """Whether no other record of the row is as old. A new row has no parts to look after."""
    others = type(record).objects.filter(id=record.id).exclude(pk=record.pk)
    return record.history_type != "+" and not others.filter(history_date__lte=record.history_date).exists()


post_create_historical_record.connect(_keep_days, dispatch_uid="plan_days")
