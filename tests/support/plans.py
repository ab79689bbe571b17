"""An activity's plan, as stored and as a browser sends it."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.forms import Form

from activities.models import Activity
from activities.planning.actions import Plan
from samverkan.lib.history import signed
from tests.factories.activities import at_ten

LISTS = {"focus_areas", "needs", "reporters", "contributors"}


def plan_of(activity: Activity, **changes) -> Plan:
    """The stored plan, with these changes."""
    names = ("title", "priority_area", "lead", "unit", "owner_title", "starts_on", "ends_on", "goal")
    plan = Plan(
        {name: getattr(activity, name) for name in names},
        list(activity.focus_areas.all()),
        list(activity.needs.all()),
        list(activity.reporters.all()),
        list(activity.contributors.all()),
    )
    lists = {name: changes.pop(name) for name in LISTS & changes.keys()}
    return replace(plan, fields=plan.fields | changes, **lists)


def planned(activity: Activity, *, on: date, **fields) -> None:
    """The plan changed on a day, as its history tells it."""
    activity.refresh_from_db()
    for name, value in fields.items():
        setattr(activity, name, value)
    signed(activity, by=None, at=at_ten(on)).save()


def sent(form: Form) -> dict[str, Any]:
    """The form's values as a browser sends them. Leaves out unticked boxes and empty values."""
    data = {}
    for field in form:
        value = field.value()
        if field.name == "not_identity_numbers" or value is None or value is False:
            continue
        data[field.name] = "on" if value is True else value
    return data
