"""The forms in which the coordinator plans, changes, removes and closes a follow-up round."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from activities.models import Round
from activities.rounds import RoundPlan, actions
from activities.rounds.changes import what_changed
from parties.models import User
from priorities.editing.fields import YEARS, LineField, NearDayField
from priorities.models import Agreement
from samverkan.lib.dates import EXAMPLE, Days, in_words, parse_day
from samverkan.lib.editing.carrying import CarryingForm
from samverkan.lib.editing.savers import Savers
from samverkan.lib.editing.side_by_side import SideBySideForm
from samverkan.lib.editing.stale import Stale
from samverkan.lib.editing.three_values import digests, stamp
from samverkan.lib.forms import day_field

DAYS = ("as_of", "opens_on", "due_on")
TAKE, OPENS, DUE = "ta-med", "opens_on", "due_on"
CHANGED = "{what} Inget är ändrat av dig än. Läs igenom det som gäller nu."


def near(as_of: date) -> dict[str, tuple[Days, ...]]:
    """The time of each other day of a round per that day, in which a day without its year is read."""
    if as_of.year not in YEARS:
        return {}
    half = timedelta(days=182)
    return {OPENS: ((as_of - half, as_of + half),), DUE: ((as_of, as_of + 2 * half),)}


class RoundForm(SideBySideForm):
    """Plans a round, or changes one; once its days are fixed only its name and last day."""

    label = LineField(
        label="Namn",
        longest=120,
        error_messages={"required": "Skriv vad omgången heter."},
        help_text="Till exempel Delår per 31 augusti 2024.",
    )
    as_of = NearDayField(
        label="Läget per", help_text="Dagen som omgången gäller. Uppföljningarna beskriver läget den dagen."
    )
    opens_on = NearDayField(
        label="Öppnar",
        help_text="Senast dagen efter. Omgången öppnar av sig själv, och de som ska följa upp får mejl.",
    )
    due_on = NearDayField(
        label="Sista dag",
        help_text="Det går att följa upp även efteråt, tills du stänger omgången. Efter trettio dagar tar den slut av sig själv.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.IntegerField(widget=forms.HiddenInput)  # finds the round again when its day has changed

    def __init__(
        self,
        data: Any = None,
        *,
        agreement: Agreement,
        user: User,
        today: date,
        round: Round | None = None,
        is_fixed: bool = False,
    ) -> None:
        initial = vars(RoundPlan.of(round)) if round else {}
        super().__init__(
            data, carried={"version": round.version, "key": round.pk} if round else {}, initial=initial
        )
        self.agreement, self.user, self.today, self.round = agreement, user, today, round
        self._read_days_in_their_time()
        if is_fixed and "as_of" not in self.data:  # days that were sent all the same get their error message
            del self.fields["as_of"], self.fields["opens_on"]
        if round is None:
            del self.fields["version"], self.fields["key"]

    def _read_days_in_their_time(self) -> None:
        """A day without its year is of the agreement; the round opens near its day, and ends within a year of it."""
        whole = (self.agreement.starts_on, self.agreement.ends_on)
        as_of = parse_day(str(self["as_of"].value() or ""), whole)
        times = dict.fromkeys(DAYS, (whole,)) | (near(as_of) if as_of else {})
        for name, time in times.items():
            day_field(self, name).within = time

    @property
    def shown(self) -> list[forms.BoundField]:
        return [self[name] for name in ("label", *DAYS) if name in self.fields]

    @property
    def plan(self) -> RoundPlan:
        typed = {name: self.cleaned_data[name] for name in ("label", *DAYS) if name in self.fields}
        return replace(RoundPlan.of(self.round), **typed) if self.round else RoundPlan(**typed)

    def save(self) -> Round | None:
        """The stored round; None, with the reason among the errors, when it could not be saved."""
        if not self.is_valid():
            return None
        round = self.round
        return self.attempt(lambda: self._change(round) if round else self._plan())

    def _plan(self) -> Round:
        return actions.plan_round(by=self.user, agreement=self.agreement, today=self.today, plan=self.plan)

    def _change(self, round: Round) -> Round:
        version = self.cleaned_data["version"]
        return actions.change_round(
            by=self.user, round=round, today=self.today, version=version, plan=self.plan
        )

    def can_merge(self) -> bool:
        return self.round is not None

    def what_was_saved(self) -> Stale:
        return Stale(what_changed(self.round, self.digests_seen) if self.round else "")

    def show_beside(self, name: str, savers: Savers) -> None:
        """Shows nothing at the field: the sentence above the form names the present values."""


class RemoveRoundForm(CarryingForm):
    """Confirms the removal of a round, as long as the round is still as the page showed it."""

    stale = CHANGED
    version = forms.IntegerField(widget=forms.HiddenInput)
    stood = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, round: Round) -> None:
        super().__init__(data, carried={"version": round.version, "stood": stamp(vars(RoundPlan.of(round)))})
        self.round = round

    def save(self, *, by: User, today: date) -> bool:
        """True when the round is removed; otherwise the reason is among the errors."""
        if self.is_valid():
            version = self.cleaned_data["version"]
            self.attempt(lambda: actions.remove_round(by=by, round=self.round, today=today, version=version))
        return self.is_valid()

    def why_stale(self, stale: Stale) -> str:
        seen = digests(self.cleaned_data["stood"])
        return super().why_stale(Stale(what_changed(self.round, seen)))


class CloseRoundForm(CarryingForm):
    """Confirms the closing of a round, as long as the same follow-ups are missing as the page showed."""

    stale = CHANGED
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, round: Round, seen: str) -> None:
        super().__init__(data, carried={"seen": seen})
        self.round = round

    def save(self, *, by: User, today: date) -> bool:
        """True when the round is closed; otherwise the reason is among the errors."""
        if self.is_valid():
            seen = self.cleaned_data["seen"]
            self.attempt(lambda: actions.close_round(by=by, round=self.round, today=today, seen=seen))
        return self.is_valid()


@dataclass(frozen=True)
class SuggestedRow:
    """The fields of one suggested round."""

    plan: RoundPlan
    taken: forms.BoundField
    opens_on: forms.BoundField
    due_on: forms.BoundField

    @property
    def days(self) -> tuple[forms.BoundField, forms.BoundField]:
        return self.opens_on, self.due_on


class SuggestionForm(CarryingForm):
    """The suggested rounds, each with a box to tick and its days to change."""

    def __init__(self, data: Any = None, *, plans: Iterable[RoundPlan]) -> None:
        super().__init__(data, carried={})
        self.plans = list(plans)
        for plan in self.plans:
            self.fields[f"{plan.as_of}-{TAKE}"] = forms.BooleanField(
                label=plan.label, required=False, initial=True
            )
            self.fields[f"{plan.as_of}-{OPENS}"] = NearDayField(
                label="Öppnar", required=False, initial=plan.opens_on
            )
            self.fields[f"{plan.as_of}-{DUE}"] = NearDayField(
                label="Sista dag", required=False, initial=plan.due_on
            )
            for part, time in near(plan.as_of).items():
                day_field(self, f"{plan.as_of}-{part}").within = time

    @property
    def rows(self) -> list[SuggestedRow]:
        return [
            SuggestedRow(plan, *(self[f"{plan.as_of}-{part}"] for part in (TAKE, OPENS, DUE)))
            for plan in self.plans
        ]

    def labels(self) -> dict[str, str]:
        """Labels that also say which round."""
        return {field.name: f"{field.label} ({row.plan.label})" for row in self.rows for field in row.days}

    def clean(self) -> dict[str, Any]:
        """Errors count only for rows that are ticked; at least one must be."""
        cleaned = super().clean()
        for plan in self.plans:
            days = [f"{plan.as_of}-{part}" for part in (OPENS, DUE)]
            for name in days:
                if not cleaned.get(f"{plan.as_of}-{TAKE}"):
                    self.errors.pop(name, None)
                elif name not in self.errors and not cleaned.get(name):
                    self.add_error(name, ValidationError(EXAMPLE, code="required"))
        if not any(cleaned.get(f"{plan.as_of}-{TAKE}") for plan in self.plans):
            self.add_error(None, "Kryssa för de omgångar som du vill planera.")
        return cleaned

    def chosen(self) -> list[RoundPlan]:
        cleaned = self.cleaned_data
        return [
            replace(plan, opens_on=cleaned[f"{plan.as_of}-{OPENS}"], due_on=cleaned[f"{plan.as_of}-{DUE}"])
            for plan in self.plans
            if cleaned[f"{plan.as_of}-{TAKE}"]
        ]

    def save(self, *, by: User, agreement: Agreement, today: date) -> list[Round] | None:
        """The stored rounds; None, with the reasons among the errors, when one of them is wrong: then none is stored."""
        if not self.is_valid():
            return None
        plans = self.chosen()
        return self.attempt(lambda: actions.plan_rounds(by=by, agreement=agreement, today=today, plans=plans))


def planned_in_words(round: Round, today: date, *, instead_of: Round | None = None) -> str:
    """The receipt after planning or changing a round. `instead_of` is the round that the new one ended, if any."""
    if round.is_planned(today):
        return (
            f"{round.label} öppnar {in_words(round.opens_on)}, och sista dagen är {in_words(round.due_on)}."
        )
    ended = f" {instead_of.label} är därmed avslutad." if instead_of else ""
    return f"{round.label} är öppen till och med {in_words(round.due_on)}.{ended}"
