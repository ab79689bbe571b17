"""What does the user type when following up?"""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from activities import policies
from activities.actions import Answer, Seen, Stale, record_follow_up, record_unchanged
from activities.models import Activity, FollowUp
from activities.states import Attainment, DecisionLevel, State
from parties.models import User
from samverkan.lib.dates import in_month, in_words
from samverkan.lib.forms import GuardedForm, NumberField, TextsField
from samverkan.lib.numbers import YES_OR_NO, in_unit

UNREADABLE = "Formuläret kunde inte läsas. Det du skrev finns kvar: kontrollera det och spara igen."
STALE = (
    "Någon annan har sparat medan du skrev. {what} Inget av ditt är sparat än, och din text finns kvar. "
    "Spara igen om den fortfarande stämmer."
)
STALE_BY_SELF = (
    "Du har redan sparat en uppföljning sedan formuläret öppnades. {what} Det som står här är inte sparat. "
    "Spara igen om det också ska finnas med."
)
# What was said of these stands until something else is said.
STANDS = ("needed", "decision_by", "attainment")
# In the order in which people think of them.
STATE_ORDER = (State.ON_TRACK, State.AT_RISK, State.OFF_TRACK, State.DONE, State.NOT_STARTED, State.CANCELLED)


class FollowUpForm(GuardedForm):
    """*Hur går det?* and what belongs to the answer. Carries what the editor saw, so that a stale save is noticed."""

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
        label="Delmål som är klara nu (frivilligt)",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": "Välj bland aktivitetens delmål.",
            "invalid_list": "Välj bland aktivitetens delmål.",
        },
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    newest_id = forms.IntegerField(widget=forms.HiddenInput)
    submission_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        activity: Activity,
        user: User,
        last: FollowUp | None,
        seen: Seen,
        **kwargs: Any,
    ) -> None:
        """`last` is the word that counts, None before the first; `seen` what stands now."""
        tokens = {"version": seen.version, "newest_id": seen.newest_id, "submission_key": uuid4()}
        stands = {name: getattr(last, name, "") for name in STANDS}
        initial = {"state": last.state if last else None} | stands | tokens
        super().__init__(data, initial=initial, auto_id=f"a{activity.pk}_%s", **kwargs)
        self.tokens = {name: str(value) for name, value in tokens.items()}
        self.activity = activity
        self.spoken_for = activity.lead if policies.speaks_on_behalf(user, activity) else None
        self.can_be_unchanged = last is None or (last.state or State.NOT_STARTED).is_open
        if self.says_unchanged:
            self.fields["state"].required = False
        allowed = [state for state in STATE_ORDER if policies.can_set(user, state)]
        self.fields["state"].choices = [(state, state.label) for state in allowed]  # type: ignore[attr-defined] # a ChoiceField
        self._ask_since(last)
        self._ask_for_outcome(activity)
        self._ask_for_milestones(activity)

    def _ask_since(self, last: FollowUp | None) -> None:
        if last:
            self.fields["what_happened"].label = f"Vad har hänt sedan {in_words(last.refers_on)}?"

    def _ask_for_outcome(self, activity: Activity) -> None:
        """A number with the goal beside it; a measure that is yes or no is answered so."""
        unit = activity.measure_unit
        if unit == YES_OR_NO:
            self.fields["actual"] = forms.TypedChoiceField(
                label="Utfall hittills (frivilligt)",
                choices=[("1", "Ja"), ("0", "Nej")],
                coerce=Decimal,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": "Välj ja eller nej."},
            )
        goal = f"Målet är {in_unit(activity.target, unit)}." if activity.target is not None else ""
        measure = f"{activity.measure}." if unit in {YES_OR_NO, ""} else f"{activity.measure} ({unit})."
        self.fields["actual"].help_text = f"{measure} {goal}".strip() if activity.measure else goal

    def _ask_for_milestones(self, activity: Activity) -> None:
        """Those that are left, and those that were ticked when the form was sent: somebody may have ticked them since.

        The page has the milestones at hand already, so the choices cost no query.
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

    @property
    def says_unchanged(self) -> bool:
        """*Inget nytt, läget är oförändrat* was pressed."""
        return self.is_bound and "unchanged" in self.data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.says_unchanged:
            self._refuse_news(cleaned)
        elif state := cleaned.get("state"):
            self._demand_what_the_state_needs(State(state))
        self._tell_once_what_cannot_be_read()
        return cleaned

    def _tell_once_what_cannot_be_read(self) -> None:
        """The hidden fields are nobody's fault at the keyboard: one sentence, and the next save can go through."""
        unreadable = [name for name in self.tokens if name in self.errors]
        for name in unreadable:
            del self.errors[name]
        if unreadable:
            self.add_error(None, UNREADABLE)
            self.refresh()

    def _refuse_news(self, cleaned: dict[str, Any]) -> None:
        """Nobody loses what they wrote by pressing the wrong button."""
        has_new_need = "needed" in cleaned and cleaned["needed"] != self.initial["needed"]
        if (
            cleaned.get("what_happened")
            or has_new_need
            or cleaned.get("milestones")
            or cleaned.get("actual") is not None
        ):
            self.add_error(
                None,
                "Du har skrivit något nytt. Spara uppföljningen, eller töm fälten om läget är oförändrat.",
            )
        elif cleaned.get("state") and self.initial["state"] and cleaned["state"] != self.initial["state"]:
            self.add_error(None, "Du har valt ett annat läge än förra gången. Spara uppföljningen i stället.")

    def _demand_what_the_state_needs(self, state: State) -> None:
        if state.needs_words:
            sentence = {
                State.DONE: "Beskriv resultatet när aktiviteten är genomförd.",
                State.CANCELLED: "Beskriv varför aktiviteten avbryts.",
            }.get(state, f"Beskriv vad som har hänt när läget är {state.label}.")
            self._demand("what_happened", sentence)
        if state == State.OFF_TRACK:
            self._demand("needed", "Beskriv vad som behövs när läget är Avviker.")
            self._demand("decision_by", "Välj vem som behöver besluta när läget är Avviker.")
        if state == State.DONE:
            self._demand("attainment", "Välj om målet nåddes.")

    def _demand(self, name: str, sentence: str) -> None:
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, ValidationError(sentence, code="required"))

    def answer(self) -> Answer:
        """What was answered; what belongs to another state than the chosen one is left out."""
        cleaned = self.cleaned_data
        state = State(cleaned["state"])
        return Answer(
            state=state,
            what_happened=cleaned["what_happened"],
            needed=cleaned["needed"] if state not in {State.ON_TRACK, State.DONE} else "",
            decision_by=cleaned["decision_by"] if state == State.OFF_TRACK else "",
            attainment=cleaned["attainment"] if state == State.DONE else "",
            actual=cleaned["actual"],
        )

    def save(self, *, by: User, at: datetime) -> FollowUp | None:
        """Saves the answer once; None, with the reason among the errors and every word kept, when that cannot be done."""
        if not self.is_valid():
            return None
        cleaned = self.cleaned_data
        seen = Seen(cleaned["version"], cleaned["newest_id"])
        common: dict[str, Any] = {
            "activity": self.activity,
            "by": by,
            "at": at,
            "seen": seen,
            "submission_key": cleaned["submission_key"],
        }
        try:
            if self.says_unchanged:
                return record_unchanged(**common)
            milestones = [self.offered[pk] for pk in cleaned.get("milestones", [])]
            return record_follow_up(answer=self.answer(), milestones=milestones, **common)
        except Stale as stale:
            self.add_error(None, (STALE_BY_SELF if stale.own else STALE).format(what=stale))
        except ValidationError as error:
            self.add_error(None, error)
        self.refresh()
        return None

    def refresh(self) -> None:
        """Carries what stands now, so that the next save can go through."""
        data: QueryDict = self.data.copy()  # type: ignore[attr-defined] # what a request posts is a QueryDict
        for name, value in self.tokens.items():
            data[self.add_prefix(name)] = value
        self.data = data
