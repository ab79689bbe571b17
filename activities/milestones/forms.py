"""The form for all the milestones of an activity."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import QueryDict

from activities.editing.closed import why_closed
from activities.editing.seen import what_changed
from activities.milestones.actions import MilestoneInput, outside, set_milestones
from activities.models import Activity, Milestone
from parties.models import User
from priorities.editing.fields import LineField
from samverkan.lib.dates import EXAMPLE, Days, in_words, parse_day
from samverkan.lib.editing.savers import Savers
from samverkan.lib.editing.side_by_side import STOOD, SideBySideForm
from samverkan.lib.editing.stale import Stale
from samverkan.lib.editing.three_values import digest, digests
from samverkan.lib.forms import DayField

EMPTY_ROWS = 3
MOST_ROWS = 40  # rows that one form reads
TITLE, DUE, GONE = "titel", "dag", "bort"


@dataclass(frozen=True)
class MilestoneRow:
    """One row of the form. `milestone` is None for a new one; a milestone that is done has no fields."""

    milestone: Milestone | None
    title: forms.BoundField | None = None
    due_on: forms.BoundField | None = None
    gone: forms.BoundField | None = None


class MilestonesForm(SideBySideForm):
    """A row for each milestone not done, with a box to remove it, and empty rows for new ones."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None = None, *, activity: Activity, user: User) -> None:
        self.kept = list(activity.milestones.all())
        self.left = [milestone for milestone in self.kept if milestone.done_on is None]
        agreement = activity.agreement
        self.within = (
            (activity.starts_on, activity.ends_on),
            (agreement.starts_on, agreement.ends_on),
        )
        sent = None if data is None else _settled(data, self.kept, self.left, self.within)
        super().__init__(sent, carried={"version": activity.version})
        self.activity, self.user = activity, user
        self.has_changed_plan = False
        for milestone in self.left:
            self._add_row(f"m{milestone.pk}", milestone.title, milestone.due_on)
            self.fields[f"m{milestone.pk}-{GONE}"] = forms.BooleanField(label="Ta bort", required=False)
        self.new = [f"ny{n}" for n in range(1, (len(_new(sent)) if sent is not None else 0) + EMPTY_ROWS + 1)]
        for name in self.new:
            self._add_row(name)

    def _add_row(self, name: str, title: str = "", due_on: Any = None) -> None:
        self.fields[f"{name}-{TITLE}"] = LineField(label="Delmål", required=False, initial=title)
        due = DayField(label="Klart senast", required=False, initial=due_on)
        due.within = self.within
        self.fields[f"{name}-{DUE}"] = due

    @property
    def rows(self) -> list[MilestoneRow]:
        """Sorted by due date, then the new ones."""
        return [
            *(self._row(milestone, f"m{milestone.pk}") for milestone in self.kept),
            *(self._row(None, name) for name in self.new),
        ]

    def _row(self, milestone: Milestone | None, name: str) -> MilestoneRow:
        if milestone and milestone.done_on:
            return MilestoneRow(milestone)
        gone = self[f"{name}-{GONE}"] if milestone else None
        return MilestoneRow(milestone, self[f"{name}-{TITLE}"], self[f"{name}-{DUE}"], gone)

    def clean(self) -> dict[str, Any]:
        """Ignores removed rows and empty new ones. The others need a name and a day within the agreement."""
        cleaned = super().clean()
        for name in [*(f"m{milestone.pk}" for milestone in self.left), *self.new]:
            title, due = f"{name}-{TITLE}", f"{name}-{DUE}"
            if cleaned.get(f"{name}-{GONE}"):
                for each in (title, due):
                    self.errors.pop(each, None)
                continue
            is_empty = not any(str(self.data.get(each, "")).strip() for each in (title, due))
            if not (name in self.new and is_empty):
                self._demand(title, "Skriv vad delmålet är.")
                self._demand(due, EXAMPLE)
                self._demand_within_the_agreement(due)
        return cleaned

    def _demand(self, name: str, sentence: str) -> None:
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, ValidationError(sentence, code="required"))

    def _demand_within_the_agreement(self, name: str) -> None:
        day = self.cleaned_data.get(name)
        if day and (sentence := outside(self.activity.agreement, day)):
            self.add_error(name, sentence)

    def wanted_milestones(self) -> list[MilestoneInput]:
        cleaned = self.cleaned_data
        wanted = [MilestoneInput(each.title, each.due_on, each.pk) for each in self.kept if each.done_on]
        for milestone in self.left:
            name = f"m{milestone.pk}"
            if not cleaned.get(f"{name}-{GONE}"):
                wanted.append(
                    MilestoneInput(cleaned[f"{name}-{TITLE}"], cleaned[f"{name}-{DUE}"], milestone.pk)
                )
        filled = [name for name in self.new if cleaned.get(f"{name}-{TITLE}")]
        return wanted + [
            MilestoneInput(cleaned[f"{name}-{TITLE}"], cleaned[f"{name}-{DUE}"]) for name in filled
        ]

    def can_merge(self) -> bool:
        return not why_closed(self.activity, self.user)

    def savers(self, missed: int) -> Savers:
        return Savers.of(Milestone.history.filter(activity=self.activity.pk), missed)

    def what_was_saved(self) -> Stale:
        return Stale(what_changed(self.activity))

    def labels(self) -> dict[str, str]:
        rows = {f"m{each.pk}": f"”{each}”" for each in self.left}
        rows |= {name: f"ny rad {n}" for n, name in enumerate(self.new, 1)}
        titles = {f"{name}-{TITLE}": f"Delmål {row}" for name, row in rows.items()}
        return titles | {f"{name}-{DUE}": f"Klart senast, {row}" for name, row in rows.items()}

    def compared_names(self) -> list[str]:
        """Leaves out the new rows of milestones that another has removed: the page tells of those by themselves."""
        here = {f"m{each.pk}" for each in self.kept}
        removed = [_row(self.data, name) for name in _names(self.data, "m") if name not in here]
        again = {name for name in self.new if _row(self.data, name) in removed}
        return [name for name in super().compared_names() if name.rpartition("-")[0] not in again]

    def lost_names(self, data: Any) -> list[str]:
        """Leaves out milestones that are done since: the page still shows those."""
        here = {f"m{each.pk}" for each in self.kept}
        return [name for name in super().lost_names(data) if name.partition("-")[0] not in here]

    def regain(self, data: QueryDict, names: list[str]) -> bool:
        """True: `_settled` has already made it a new row."""
        return True

    def save(self, *, at: datetime) -> bool:
        """False, with the reason among the errors and the text kept, when it cannot be saved.

        `has_changed_plan` says whether anything was new.
        """
        if not self.is_valid():
            return False
        try:
            self.has_changed_plan = bool(self.attempt(lambda: self._set(at)))
        except PermissionDenied:
            self.activity.refresh_from_db()
            if not (sentence := why_closed(self.activity, self.user)):
                raise
            self.add_error(None, f"{sentence} Inget av det du skrev är sparat.")
        return self.is_valid()

    def _set(self, at: datetime) -> bool:
        version = self.cleaned_data["version"]
        return set_milestones(
            activity=self.activity, by=self.user, at=at, version=version, wanted=self.wanted_milestones()
        )

    @property
    def receipt(self) -> str:
        if not self.has_changed_plan:
            return "Inget var ändrat."
        if self.activity.is_agreed:
            return f"Delmålen är sparade. {self.activity.lead.short_name} får veta det med e-post."
        return "Delmålen är sparade."


def _settled(
    data: QueryDict, kept: list[Milestone], left: list[Milestone], within: tuple[Days, ...]
) -> QueryDict:
    """The sent data, merged with the milestones that are saved now.

    Milestones that somebody has added since are kept, and a form sent twice does not add them again. One that somebody
    has removed since becomes a new row if its text was changed, so that no text is lost.
    """
    settled = data.copy()
    rows, seen = _new(data), digests(data.get(STOOD))
    known = {f"m{milestone.pk}" for milestone in left}
    ticked = {f"m{milestone.pk}": milestone.title for milestone in kept if milestone.done_on}
    for name in _names(data, "m"):
        title = data.get(f"{name}-{TITLE}", "")
        row = _row(data, name)
        was_untouched = seen is not None and _stamp(row, within) == (
            seen.get(f"{name}-{TITLE}"),
            seen.get(f"{name}-{DUE}"),
        )
        if name not in known and ticked.get(name) != title and not data.get(f"{name}-{GONE}"):
            rows.extend([] if was_untouched else [row])
    for milestone in left:
        name = f"m{milestone.pk}"
        if f"{name}-{TITLE}" not in data:
            own = [row for row in rows if _is_same(row, milestone, within)]
            rows = [row for row in rows if row not in own]
            if own or seen is None:  # otherwise the form first says what somebody else has added
                settled[f"{name}-{TITLE}"] = milestone.title
                settled[f"{name}-{DUE}"] = in_words(milestone.due_on)
    for name in _names(data, "ny"):
        settled.pop(f"{name}-{TITLE}", None)
        settled.pop(f"{name}-{DUE}", None)
    for n, (title, due) in enumerate(rows[:MOST_ROWS], 1):
        settled[f"ny{n}-{TITLE}"], settled[f"ny{n}-{DUE}"] = title, due
    return settled


def _names(data: QueryDict, prefix: str) -> list[str]:
    """The row names with the prefix, such as `m14` or `ny2`, in the order sent."""
    names = dict.fromkeys(name.rpartition("-")[0] for name in data if name.endswith((f"-{TITLE}", f"-{DUE}")))
    return [name for name in names if name.removeprefix(prefix).isdecimal() and name.startswith(prefix)]


def _row(data: QueryDict, name: str) -> tuple[str, str]:
    """Title and day of a row, as typed."""
    return data.get(f"{name}-{TITLE}", ""), data.get(f"{name}-{DUE}", "")


def _new(data: QueryDict) -> list[tuple[str, str]]:
    """Title and day of the new rows that are not empty, as typed."""
    rows = [_row(data, name) for name in _names(data, "ny")]
    return [row for row in rows if any(text.strip() for text in row)]


def _stamp(row: tuple[str, str], within: tuple[Days, ...]) -> tuple[str, str]:
    return digest(row[0]), digest(parse_day(row[1], *within))


def _is_same(row: tuple[str, str], milestone: Milestone, within: tuple[Days, ...]) -> bool:
    return (row[0].strip(), parse_day(row[1], *within)) == (milestone.title, milestone.due_on)
