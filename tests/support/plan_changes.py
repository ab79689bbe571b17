"""Generated changes of plans, before and after a report's day, and whether the report stays as it was."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from hypothesis import strategies as st

from activities import reports
from activities.models import Activity, Contribution, Milestone
from activities.reports.content import Report
from samverkan.lib.history import signed
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    FocusAreaFactory,
    FollowUpFactory,
    NeedFactory,
    PartyFactory,
    PlaceFactory,
    PriorityAreaFactory,
    RoundFactory,
)
from tests.factories.activities import at_ten

DAY = date(2024, 3, 31)
TODAY = date(2024, 9, 30)
# What is changed, in which of the three activities, to which of the values, and after how many days.
KINDS = (
    "title", "goal", "ends_on", "starts_on", "lead", "priority_area", "owner_title", "is_internal", "replaces",
    "focus_areas", "needs", "contribution", "milestone", "tick",
)  # fmt: skip
CHANGES = st.tuples(st.sampled_from(KINDS), st.integers(0, 2), st.integers(0, 3), st.integers(0, 90))
Change = tuple[str, int, int, int]


class World:
    """Three agreed activities with a follow-up each, in an agreement with a round as of the day."""

    def __init__(self) -> None:
        self.parties = [PartyFactory(huge=True), PartyFactory(kommunen=True), PartyFactory(polisen=True)]
        self.agreement = AgreementFactory(parties=self.parties)
        self.areas = [PriorityAreaFactory(slug=slug, name=slug) for slug in ("a", "b")]
        self.places = [FocusAreaFactory(place=PlaceFactory(slug=slug, name=slug)) for slug in ("c", "d")]
        self.needs = [NeedFactory(problem=f"Behov {n}", priority_area=self.areas[n]) for n in range(2)]
        for need in self.needs:
            need.places.set(each.place for each in self.places)
        RoundFactory(
            as_of=DAY, label="Våren", opens_on=DAY, due_on=date(2024, 4, 12), closed_on=date(2024, 5, 1)
        )
        self.activities = [ActivityFactory(title=f"Aktivitet {n}") for n in range(3)]
        for each in self.activities[1:]:
            FollowUpFactory(activity=each, at_risk=True, refers_on=date(2024, 3, 1))

    def change(
        self, changes: Sequence[Change], *, after: date | None = None, until: date | None = None
    ) -> None:
        """Carries the changes out, the first first: from the day after one day, or in the time until another."""
        begins = after + timedelta(days=1) if after else (until or DAY) - timedelta(days=90)
        for change in sorted(changes, key=lambda one: one[3]):
            self._change(*change[:3], begins + timedelta(days=change[3]))

    def _change(self, kind: str, which: int, value: int, on: date) -> None:
        activity = Activity.objects.get(pk=self.activities[which].pk)
        at = at_ten(on)
        signed(activity, by=None, at=at)
        match kind:
            case "focus_areas" | "needs":
                among = self.places if kind == "focus_areas" else self.needs
                getattr(activity, kind).set([each for n, each in enumerate(among) if value >> n & 1])
            case "contribution":
                self._part(
                    Contribution, activity, {"party": self.parties[value % 3]}, f"Gör {value}", "what", at
                )
            case "milestone":
                self._part(
                    Milestone,
                    activity,
                    {"title": f"Delmål {value % 2}"},
                    DAY + timedelta(value - 2),
                    "due_on",
                    at,
                )
            case "tick":
                if milestone := Milestone.objects.filter(
                    activity=activity, title=f"Delmål {value % 2}"
                ).first():
                    milestone.done_on = on
                    signed(milestone, by=None, at=at).save()
            case _:
                setattr(activity, kind, self._value(kind, value, activity))
                activity.save()

    def _value(self, kind: str, value: int, activity: Activity) -> Any:
        others = [each for each in self.activities if each.pk != activity.pk]
        activity.replace_reason = "Den räckte inte."
        return {
            "title": f"Namn {value}",
            "goal": f"Mål {value}",
            "owner_title": f"Funktion {value}",
            "ends_on": date(2024, 2 + 2 * value, 15),
            "starts_on": date(2024, 1, 1 + value),
            "lead": self.parties[value % 3],
            "priority_area": self.areas[value % 2],
            "is_internal": bool(value % 2),
            "replaces": [None, *others, None][value],
        }[kind]

    def _part(
        self, model: Any, activity: Activity, key: dict[str, Any], said: Any, name: str, at: Any
    ) -> None:
        """Adds the part, changes it, or when it already says so removes it."""
        part = model.objects.filter(activity=activity, **key).first()
        if part and getattr(part, name) == said:
            signed(part, by=None, at=at).delete()
        else:
            part = part or model(activity=activity, **key)
            setattr(part, name, said)
            signed(part, by=None, at=at).save()

    def internal_after(self, changes: Sequence[Change]) -> list[int]:
        """The keys of the activities that are internal after the changes."""
        is_so = {each.pk: Activity.objects.get(pk=each.pk).is_internal for each in self.activities}
        for kind, which, value, _ in sorted(changes, key=lambda one: one[3]):
            if kind == "is_internal":
                is_so[self.activities[which].pk] = bool(value % 2)
        return [key for key, is_internal in is_so.items() if is_internal]

    def report(self, made_on: date) -> Report:
        return _bare(reports.gather(AgreementFactory(), as_of=DAY, made_on=made_on))


def told_alike(world: World, after: Sequence[Change]) -> None:
    """Asserts that the report as of the day, made on that day, is the same when it is made after the later changes.

    What is internal at the end is in no report, so it is compared with one of a day on which it was internal too.
    """
    hidden = world.internal_after(after)
    with transaction.atomic():
        Activity.objects.filter(pk__in=hidden).update(is_internal=True)
        made_then = world.report(made_on=DAY)
        transaction.set_rollback(True)
    world.change(after, after=DAY)
    assert world.report(made_on=TODAY) == made_then


def _bare(made: Report) -> Report:
    """The report without the note and without the day on which it was made."""
    return replace(made, made_on=DAY, appendix=replace(made.appendix, how=(), later=()))
