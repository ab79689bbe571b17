"""What a new plan begins with: nothing, a need, a copy of an activity, or an activity that it replaces."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import Http404, QueryDict

from activities import policies
from activities.editing.seen import Seen
from activities.models import Activity, Milestone
from activities.planning.actions.rules import already_replaced
from activities.planning.forms.base import OWN
from activities.planning.forms.choices import Choices, chosen
from activities.querysets import ActivityQuerySet
from activities.states import State
from parties.models import Party, User
from priorities.models import Agreement, Need
from samverkan.lib.access import require
from samverkan.lib.numbers import in_words

COPY, AT_NEED, REPLACE = "kopiera", "behov", "ersatter"


def initial_of(activity: Activity, choices: Choices) -> dict[str, Any]:
    """The form's initial values for an activity's plan. No query: `choices` were made for the same activity."""
    return {name: getattr(activity, name) for name in OWN} | {
        "priority_area": activity.priority_area_id,
        "lead": activity.lead_id,
        "unit": activity.unit_id,
        "needs": chosen(choices.needs),
        "focus_areas": chosen(choices.places),
        "reporters": chosen(choices.people),
        "contributors": chosen(choices.parties),
    }


@dataclass(frozen=True)
class PlanStart:
    """The beginning of a new plan. Make it with `of`.

    `how` is the address's parameter, empty for an empty form; `number` is its value, a number of an activity or a need;
    `source` is the activity, whose undone `milestones` follow if their day has not passed; `left_out` counts the others.
    `new_number` is the number of the activity that already replaces it, 0 for none.
    """

    agreement: Agreement
    choices: Choices
    lead: Party | None
    how: str = ""
    number: int = 0
    source: Activity | None = None
    milestones: tuple[Milestone, ...] = ()
    left_out: int = 0
    new_number: int = 0
    is_lost: bool = False

    @classmethod
    def of(
        cls,
        agreement: Agreement,
        user: User,
        visible: ActivityQuerySet,
        asked: QueryDict,
        *,
        today: date,
        sent: bool,
    ) -> "PlanStart":
        """Raises Http404 when the source is not visible, PermissionDenied when the user may not begin there or plan at all.

        A form that is `sent` goes on without a source that has been removed since; for a copy, `is_lost` says so.
        """
        require(policies.can_plan_in(user, agreement))
        how = next((name for name in (REPLACE, COPY, AT_NEED) if asked.get(name)), "")
        number = _number(asked[how]) if how else 0
        source = None
        if how in {COPY, REPLACE}:
            rows = visible.as_of(today).select_related("agreement", "lead").prefetch_related("milestones")
            newer = Activity.objects.filter(replaces=OuterRef("pk")).order_by("number").values("number")
            rows = rows.with_last_follow_up().annotate(new_number=Subquery(newer[:1]))
            source = rows.filter(number=number).first()
        require(source is None or how == COPY or policies.can_replace(user, source))
        own = None if user.is_coordinator else user.party_id
        choices = Choices.of(agreement, user, today=today, plan=source, lead=own, keep=False)
        lead = next((party for party in choices.leads if party.pk == own), None)
        require(user.is_coordinator or lead is not None)
        is_found = (
            source or not how or any(how == AT_NEED and need.number == number for need in choices.needs)
        )
        if not is_found and not (sent and how != REPLACE):
            raise Http404("Aktiviteten eller behovet finns inte.")
        if not is_found:
            return cls(agreement, choices, lead, is_lost=how == COPY)
        new_number = getattr(source, "new_number", None) or 0
        all_of_them = list(source.milestones.all()) if source else []
        following = tuple(each for each in all_of_them if each.done_on is None and each.due_on >= today)
        left_out = len(all_of_them) - len(following)
        return cls(agreement, choices, lead, how, number, source, following, left_out, new_number)

    @property
    def is_copy(self) -> bool:
        return self.how == COPY

    @property
    def replaces(self) -> Activity | None:
        """The agreed activity that the new one replaces, or None."""
        return self.source if self.how == REPLACE else None

    @property
    def will_cancel(self) -> bool:
        """Whether the replaced activity becomes Avbruten. One that has ended keeps its state."""
        return bool(self.replaces and State(self.replaces.state).is_open)

    @property
    def why_left_out(self) -> str:
        """`Två delmål följer inte med, ...`; empty when all do."""
        if not self.left_out:
            return ""
        why = "det är klart eller dess dag" if self.left_out == 1 else "de är klara eller deras dag"
        count = "ett" if self.left_out == 1 else in_words(self.left_out)
        return f"{count.capitalize()} delmål följer inte med, eftersom {why} har passerat."

    @property
    def closed(self) -> str:
        """Why the form is not shown, in Swedish; empty when it is."""
        return already_replaced(self.number, self.new_number) if self.replaces and self.new_number else ""

    @property
    def seen(self) -> Seen | None:
        """What the form carries of the replaced activity; None when none is replaced."""
        return Seen(self.replaces.version, self.replaces.last_follow_up_id or 0) if self.replaces else None

    def contributions(self, parties: list[Party]) -> list[tuple[Party, str]]:
        """The chosen parties with their texts from the source, empty for new parties. One query with a source."""
        written = dict(self.source.contributions.values_list("party", "what")) if self.source else {}
        return [(party, written.get(party.pk, "")) for party in parties]

    def initial(self) -> dict[str, Any]:
        if self.source:
            initial = initial_of(self.source, self.choices)
            if self.lead:
                initial["contributors"] = [pk for pk in initial["contributors"] if pk != self.lead.pk]
            return initial
        if self.how == AT_NEED:
            return self._of_need(next(need for need in self.choices.needs if need.number == self.number))
        return {}

    def _of_need(self, need: Need) -> dict[str, Any]:
        return {
            "needs": [need.pk],
            "priority_area": need.priority_area_id,
            "focus_areas": [place.pk for place in self.choices.places_of(need)],
        }


def _number(text: Any) -> int:
    """Raises Http404 unless the text is a number of at most six digits."""
    if not (str(text).isdecimal() and len(str(text)) < 7):
        raise Http404("Aktiviteten eller behovet finns inte.")
    return int(text)
