"""The fields of an answer to *Hur går det?*, and what each state asks for."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from activities import policies
from activities.follow_ups.actions import Answer
from activities.models import Activity
from activities.states import Attainment, DecisionLevel, State
from parties.models import User
from samverkan.lib.dates import in_month
from samverkan.lib.forms import GuardedForm, NumberField, TextsField
from samverkan.lib.number_fields import number_field
from samverkan.lib.numbers import in_unit, is_yes_or_no
from samverkan.lib.texts import unstopped


class AnswerForm(GuardedForm):
    """*Hur går det?* with the fields of every state. Leaves out the states that the user may not set."""

    state = forms.ChoiceField(
        label="Hur går det?",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj hur det går.", "invalid_choice": "Välj hur det går."},
    )
    what_happened = TextsField(
        label="Vad har hänt?",
        required=False,
        help_text="Två eller tre meningar räcker. Texten kan komma med i rapporten till kommunstyrelsen.",
    )
    needed = TextsField(label="Vad behövs för att komma vidare?", required=False, rows=2)
    decision_by = forms.ChoiceField(
        label="Vem behöver besluta?",
        choices=DecisionLevel.choices,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Välj vem som behöver besluta."},
    )
    attainment = forms.ChoiceField(
        label="Nåddes målet?",
        choices=Attainment.choices,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": "Välj om målet nåddes."},
    )
    actual = NumberField(label="Utfall hittills (frivilligt)", required=False)
    milestones = forms.TypedMultipleChoiceField(
        label="Delmål som är klara (frivilligt)",
        help_text="De räknas som klara den dag som svaret gäller.",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "Välj bland aktivitetens delmål.",
            "invalid_list": "Välj bland aktivitetens delmål.",
        },
    )

    def __init__(self, data: Any = None, *, activity: Activity, user: User, **kwargs: Any) -> None:
        super().__init__(data, auto_id=f"a{activity.pk}_%s", **kwargs)
        self.activity, self.user = activity, user
        self.spoken_for = activity.lead if policies.speaks_on_behalf(user, activity) else None
        allowed = [state for state in State.as_asked() if policies.can_set(user, state)]
        self.fields["state"].choices = [(state, state.label) for state in allowed]  # type: ignore[attr-defined] # a ChoiceField
        self._ask_for_outcome(activity)
        self._ask_for_milestones(activity)

    def _ask_for_outcome(self, activity: Activity) -> None:
        """A number, or yes or no when the measure is, with the goal as help text."""
        unit = activity.measure_unit
        number_field(self, "actual").unit = unit
        if is_yes_or_no(unit):
            self.fields["actual"] = forms.TypedChoiceField(
                label="Utfall hittills (frivilligt)",
                choices=[("1", "Ja"), ("0", "Nej")],
                coerce=Decimal,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Välj ja eller nej."},
            )
        goal = _goal(activity)
        name = unstopped(activity.measure)
        measure = f"{name}." if is_yes_or_no(unit) or not unit else f"{name} ({unit})."
        self.fields["actual"].help_text = f"{measure} {goal}".strip() if activity.measure else goal

    def _ask_for_milestones(self, activity: Activity) -> None:
        """Offers those not done, and those ticked in this form, which somebody else may have ticked since.

        No query when the activity's milestones are prefetched.
        """
        sent = set(self.data.getlist("milestones")) if self.is_bound else set()  # type: ignore[attr-defined] # a QueryDict
        self.offered = {
            each.pk: each
            for each in activity.milestones.all()
            if each.done_on is None or str(each.pk) in sent
        }
        if not self.offered:
            del self.fields["milestones"]
            return
        choices = [(pk, f"{each.title} ({in_month(each.due_on)})") for pk, each in self.offered.items()]
        self.fields["milestones"].choices = choices  # type: ignore[attr-defined] # a ChoiceField

    def _demand_what_the_state_needs(self, state: State) -> None:
        for name, sentence in state.traits.demands.items():
            self._demand(name, sentence)

    def _demand(self, name: str, sentence: str) -> None:
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, ValidationError(sentence, code="required"))

    def answer(self) -> Answer:
        """The answer, without the fields that belong to other states than the chosen one. Needs a valid form."""
        cleaned = self.cleaned_data
        state = State(cleaned["state"])
        asked = {name: cleaned[name] for name in state.traits.asks}
        return Answer(state, what_happened=cleaned["what_happened"], actual=cleaned["actual"], **asked)


def _goal(activity: Activity) -> str:
    """`Målet är 12 kronor.`, or for a measure of yes or no `Målet är att svaret blir ja.`; empty without a target."""
    if activity.target is None:
        return ""
    goal = unstopped(in_unit(activity.target, activity.measure_unit))
    return f"Målet är {'att svaret blir ' if is_yes_or_no(activity.measure_unit) else ''}{goal}."
