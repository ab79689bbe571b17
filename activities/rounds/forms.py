"""What does the coordinator type of a follow-up round?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from activities.editing.carrying import STALE, CarryingForm
from activities.editing.seen import Stale
from activities.models import Round
from activities.rounds import RoundPlan, actions, left_alone, seen_of
from parties.models import User
from priorities.editing.fields import LineField, NearDayField
from priorities.models import Agreement
from samverkan.lib.dates import in_words

T = TypeVar("T")
DAYS = ("as_of", "opens_on", "due_on")
TAKE, OPENS, DUE = "ta-med", "opens_on", "due_on"
CHANGED = "{what} Inget är ändrat av dig än. Läs igenom det som gäller nu."
DAY_MISSING = "Skriv ett datum som 2024-08-30."


class ActingForm(CarryingForm):
    """Tries an action; what stands in its way is told, and every word is kept."""

    stale = STALE

    def attempt(self, act: Callable[[], T]) -> T | None:
        try:
            return act()
        except Stale as stale:
            self.add_error(None, self.stale.format(what=stale))
            self.carry(self.carried)
        except ValidationError as error:
            self._blame(error)
        return None

    def _blame(self, error: ValidationError) -> None:
        """Each fault at its field, those of fields that are not in the form above it."""
        told = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, sentences in told.items():
            self.add_error(name if name in self.fields else None, sentences)


class RoundForm(ActingForm):
    """A round that is planned, or one that is changed: of one that has begun only the name and the last day."""

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
        label="Sista dag", help_text="Det går att följa upp även efteråt, tills du stänger omgången."
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        agreement: Agreement,
        user: User,
        today: date,
        round: Round | None = None,
        has_begun: bool = False,
    ) -> None:
        initial = vars(RoundPlan.of(round)) if round else {}
        carried = {"seen": seen_of(round)} if round else {}
        super().__init__(data, carried=carried, initial=initial)
        self.agreement, self.user, self.today, self.round = agreement, user, today, round
        if has_begun and "as_of" not in self.data:  # what somebody has typed is answered
            del self.fields["as_of"], self.fields["opens_on"]

    @property
    def shown(self) -> list[forms.BoundField]:
        return [self[name] for name in ("label", *DAYS) if name in self.fields]

    @property
    def plan(self) -> RoundPlan:
        told = {name: self.cleaned_data[name] for name in ("label", *DAYS) if name in self.fields}
        return replace(RoundPlan.of(self.round), **told) if self.round else RoundPlan(**told)

    def save(self) -> Round | None:
        """The round; None, with the reason among the errors, when it does not hold."""
        if not self.is_valid():
            return None
        round = self.round
        return self.attempt(lambda: self._change(round) if round else self._plan())

    def _plan(self) -> Round:
        return actions.plan_round(by=self.user, agreement=self.agreement, today=self.today, plan=self.plan)

    def _change(self, round: Round) -> Round:
        seen = self.cleaned_data["seen"]
        try:
            return actions.change_round(
                by=self.user, round=round, today=self.today, seen=seen, plan=self.plan
            )
        except Stale:
            self._take_what_only_another_has_changed(round, seen)
            raise

    def _take_what_only_another_has_changed(self, round: Round, seen: str) -> None:
        """So that the next save overwrites nothing that the editor has not touched."""
        stands, data = vars(RoundPlan.of(round)), self.data.copy()
        for name in left_alone(seen, self.plan) & self.fields.keys():
            data[self.add_prefix(name)] = self.fields[name].prepare_value(stands[name])
        self.data = data


class ConfirmRoundForm(ActingForm):
    """A page that asks whether to go on: nothing to type, but what was shown has to be what stands."""

    stale = CHANGED
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, seen: str) -> None:
        super().__init__(data, carried={"seen": seen})

    def remove(self, round: Round, *, by: User, today: date) -> bool:
        """Whether it is taken away; otherwise the reason is among the errors."""
        seen = self.cleaned_data["seen"]
        self.attempt(lambda: actions.remove_round(by=by, round=round, today=today, seen=seen))
        return self.is_valid()

    def close(self, round: Round, *, by: User, today: date) -> bool:
        """Whether it is closed; otherwise the reason is among the errors."""
        seen = self.cleaned_data["seen"]
        self.attempt(lambda: actions.close_round(by=by, round=round, today=today, seen=seen))
        return self.is_valid()


@dataclass(frozen=True)
class Row:
    """A suggested round in the form."""

    plan: RoundPlan
    taken: forms.BoundField
    opens_on: forms.BoundField
    due_on: forms.BoundField


class SuggestionForm(ActingForm):
    """The rounds that the agreement's years would have: which of them to plan, with their days to change."""

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

    @property
    def rows(self) -> list[Row]:
        return [
            Row(plan, *(self[f"{plan.as_of}-{part}"] for part in (TAKE, OPENS, DUE))) for plan in self.plans
        ]

    def clean(self) -> dict[str, Any]:
        """A row that is not taken has no faults."""
        cleaned = super().clean()
        for plan in self.plans:
            days = [f"{plan.as_of}-{part}" for part in (OPENS, DUE)]
            for name in days:
                if not cleaned.get(f"{plan.as_of}-{TAKE}"):
                    self.errors.pop(name, None)
                elif name not in self.errors and not cleaned.get(name):
                    self.add_error(name, ValidationError(DAY_MISSING, code="required"))
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
        """The rounds; None, with the reasons among the errors and none of them planned, when one does not hold."""
        if not self.is_valid():
            return None
        plans = self.chosen()
        return self.attempt(lambda: actions.plan_rounds(by=by, agreement=agreement, today=today, plans=plans))


def planned_in_words(round: Round, today: date, *, instead_of: Round | None = None) -> str:
    """The receipt of a round that was planned or changed, perhaps `instead_of` one that was open until then."""
    if round.is_planned(today):
        return (
            f"{round.label} öppnar {in_words(round.opens_on)}, och sista dagen är {in_words(round.due_on)}."
        )
    ended = f" {instead_of.label} är därmed avslutad." if instead_of else ""
    return f"{round.label} är öppen till och med {in_words(round.due_on)}.{ended}"
