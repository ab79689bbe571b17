"""The preparation panel of an activity that is not agreed: what remains, whose turn it is, what the user may do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from activities import notices, policies
from activities.asked import reaches_the_lead
from activities.history.changes import ChangedField, changes, label_of
from activities.models import Activity
from parties.models import User
from samverkan.lib import dates, numbers

ENOUGH_MILESTONES = 2
Stage = Activity.Preparation


@dataclass(frozen=True)
class Check:
    """One line of *Innan den kan beslutas*."""

    label: str
    is_done: bool
    is_required: bool = False
    detail: str = ""


@dataclass(frozen=True)
class Returned:
    """Who returned the proposal, as function and party, when, and the comment. `changed`: the plan since, for a proposal."""

    who: str
    at: datetime
    comment: str
    changed: list[ChangedField]


@dataclass(frozen=True)
class PreparationPanel:
    """The panel at the top of the activity's page. Make it with `of`.

    `lead_is_reachable` is False when no account of the lead party can get the mail.
    """

    activity: Activity
    user: User
    returned: Returned | None
    lead_is_reachable: bool

    @classmethod
    def of(cls, activity: Activity, user: User) -> "PreparationPanel | None":
        """None for an agreed activity. Needs the activity as `for_page` fetches it. One query; more once it was returned."""
        if activity.is_agreed:
            return None
        returned = _returned(activity)
        asks_for_account = activity.waits_for_lead and user.is_coordinator
        reachable = not asks_for_account or reaches_the_lead(activity)
        return cls(activity, user, returned, reachable)

    # --- Where it stands ---------------------------------------------------------------------------------------------
    @property
    def heading(self) -> str:
        match self.activity.preparation:
            case Stage.PROPOSED if self.may_answer:
                return f"Förslaget väntar på {'ditt' if self.user.is_coordinator else 'ert'} svar"
            case Stage.PROPOSED:
                return f"Förslaget väntar på svar från {self.other_side}"
            case Stage.RETURNED:
                return "Förslaget har kommit tillbaka"
        return "Utkast"

    @property
    def standing(self) -> str:
        """`Föreslagen av Huge den 3 mars 2024.`, or for a draft who sees it."""
        activity = self.activity
        if proposed_on := activity.lead_yes_on or activity.coordinator_yes_on:
            return f"Föreslagen av {self._proposer} den {dates.in_words(proposed_on)}."
        others = ", medverkande parter och samordnaren" if self.contributions else " och samordnaren"
        readers = f"Bara {activity.lead.short_name}{others} ser det."
        returned = activity.preparation == Stage.RETURNED and self.may_edit
        return f"Ändra det som behövs och skicka förslaget igen. {readers}" if returned else readers

    @property
    def condition(self) -> str:
        """The sentence that says when it becomes agreed."""
        return f"Den blir beslutad när både {self.activity.lead.short_name} och samordnaren har sagt ja."

    @property
    def other_side(self) -> str:
        """The side that answers the proposal, or would answer one."""
        activity = self.activity
        by_the_coordinator = activity.waits_for_lead if activity.is_proposed else self.user.is_coordinator
        return activity.lead.short_name if by_the_coordinator else "samordnaren"

    @property
    def _proposer(self) -> str:
        return self.activity.lead.short_name if self.activity.lead_yes_on else "samordnaren"

    # --- What remains --------------------------------------------------------------------------------------------------
    @property
    def contributions(self) -> list[Any]:
        return list(self.activity.contributions.all())

    @property
    def checks(self) -> list[Check]:
        """The checklist. Leaves out the agreement once it is adopted, and contributors when there are none."""
        activity = self.activity
        milestones, parties = len(activity.milestones.all()), self.contributions
        confirmed = sum(each.confirmed_on is not None for each in parties)
        checks = [
            Check("Minst ett behov som aktiviteten svarar mot", bool(activity.needs.all()), is_required=True),
            Check("Ett mätbart mål", bool(activity.goal)),
            Check(
                f"Minst {numbers.in_words(ENOUGH_MILESTONES)} delmål",
                milestones >= ENOUGH_MILESTONES,
                detail=f"{numbers.in_words(milestones)} än så länge" if milestones else "",
            ),
        ]
        if parties:
            detail = (
                f"{numbers.in_words(confirmed)} av {numbers.in_words(len(parties))}"
                if len(parties) > 1
                else ""
            )
            checks.append(Check("Medverkande parter har bekräftat", confirmed == len(parties), detail=detail))
        if activity.agreement.is_draft:
            checks.insert(0, Check("Överenskommelsen är fastställd", is_done=False, is_required=True))
        return checks

    @property
    def is_ready(self) -> bool:
        return all(check.is_done for check in self.checks if check.is_required)

    # --- What this person may do -----------------------------------------------------------------------------------------
    @property
    def may_edit(self) -> bool:
        return policies.can_edit_plan(self.user, self.activity)

    @property
    def may_propose(self) -> bool:
        return policies.can_propose(self.user, self.activity) and self.is_ready

    @property
    def may_answer(self) -> bool:
        return policies.can_answer(self.user, self.activity)

    @property
    def may_withdraw(self) -> bool:
        return policies.can_withdraw(self.user, self.activity)

    @property
    def may_do_something(self) -> bool:
        return self.may_edit or self.may_answer or self.may_withdraw


def _returned(activity: Activity) -> Returned | None:
    """Reads the last return from the history: the record that turned the proposal into a returned draft. One query.

    For a proposal also what has changed since, in a few queries more. None when nobody has returned it.
    """
    found, before = None, ""
    for record in activity.past.select_related("history_user__party").order_by("history_id"):
        if record.preparation == Stage.RETURNED != before:
            found = record
        before = record.preparation
    if found is None or found.history_user is None:
        return None
    by = found.history_user
    party = f", {by.party.short_name}" if by.party else ""
    changed = _changed_since(activity, found.history_date) if activity.is_proposed else []
    return Returned(f"{by.title or by.display_name}{party}", found.history_date, found.return_reason, changed)


def _changed_since(activity: Activity, at: datetime) -> list[ChangedField]:
    """What has changed in the plan since then, the oldest first, but not the steps of the preparation."""
    steps = {label_of("preparation"), label_of("return_reason")}
    later = [change for change in reversed(changes(activity)) if change.at > at]
    return [line for change in later for line in change.lines if line.label not in steps]


# --- Receipts ------------------------------------------------------------------------------
def after_proposing(activity: Activity) -> str:
    """Says so when the other side has no account that gets the mail. At most one query."""
    if activity.waits_for_lead:
        name = activity.lead.short_name
        if reaches_the_lead(activity):
            return f"Förslaget är skickat till {name}. De får ett mejl och svarar här."
        return f"Förslaget väntar på {name}. {name} har ingen partsrepresentant med konto än, så ingen har fått ett mejl."
    if notices.coordinators():
        return "Förslaget är skickat till samordnaren, som får ett mejl och svarar här."
    return "Förslaget väntar på samordnaren. Ingen samordnare har ett konto än, så ingen har fått ett mejl."


def after_accepting(activity: Activity) -> str:
    name = activity.lead.short_name
    return f"Aktiviteten är beslutad: både {name} och samordnaren har sagt ja. Nu följer {name} upp den."


def after_returning(activity: Activity) -> str:
    return "Förslaget är återlämnat med din kommentar. De som skickade det får ett mejl, ändrar och skickar det igen."


def after_withdrawing(activity: Activity) -> str:
    return "Förslaget är taget tillbaka. Det är ett utkast igen, och du kan ändra det."
