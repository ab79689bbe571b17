"""The history of activities made in bulk: planned in 2022, and every third one saved again in September 2024."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Model

from activities.models import Activity, Contribution, Milestone
from activities.models.plan_days import derive
from tests.factories.activities import at_ten

BATCH = 1000
PLANNED_ON, MOVED_ON = date(2022, 11, 1), date(2024, 9, 20)


def give_history(activities: Iterable[Activity]) -> None:
    """Adds the records of each activity and its parts, as the actions would, and the days on which they hold."""
    keys = [each.pk for each in activities]
    for model, rows in {
        Activity: Activity.objects.filter(pk__in=keys),
        Contribution: Contribution.objects.filter(activity__in=keys),
        Milestone: Milestone.objects.filter(activity__in=keys),
    }.items():
        held = list(rows.order_by("pk"))
        _record(model, held, PLANNED_ON, "+")
        if model is Activity:
            moved = [each for each in held if each.number % 3 == 0]
            _record(model, moved, MOVED_ON, "~")
        derive(model, [each.pk for each in held])


def _record(model: type[Model], rows: list[Any], day: date, kind: str) -> None:
    history = model.history.model
    names = [field.attname for field in model.history.model.tracked_fields]
    made = history.objects.bulk_create(
        [
            history(
                history_date=at_ten(day),
                history_type=kind,
                history_relation_id=row.pk,
                **{name: getattr(row, name) for name in names},
            )
            for row in rows
        ],
        batch_size=BATCH,
    )
    if model is Activity:
        _record_lists(dict(zip((row.pk for row in rows), made, strict=True)))


def _record_lists(records: dict[int, Any]) -> None:
    for name, column in {"focus_areas": "focusarea_id", "needs": "need_id"}.items():
        through, listed = getattr(Activity, name).through, getattr(Activity.history.model, name).model
        held = through.objects.filter(activity__in=records).values_list("pk", "activity_id", column)
        rows = [
            listed(id=key, history=records[activity], activity_id=activity, **{column: other})
            for key, activity, other in held
        ]
        listed.objects.bulk_create(rows, batch_size=BATCH)
