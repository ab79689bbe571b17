"""Who may do what with activities and rounds. No queries, no request."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from activities.models import Activity, FollowUp
from activities.periods import Period
from activities.states import State
from parties.models import Party, User
from parties.roles import Role
from priorities.models import Agreement

UNDO_WINDOW = timedelta(minutes=15)
CLOCKS_DIFFER = timedelta(seconds=30)  # at most, between two servers


def can_follow_up(user: User, activity: Activity) -> bool:
    """For the responsible party and for coordinators: agreed activities in adopted agreements, done ones too."""
    if not user.is_active or not activity.is_agreed or not activity.agreement.is_adopted:
        return False
    return user.is_coordinator or (user.is_representative and user.party_id == activity.lead_id)


def speaks_on_behalf(user: User, activity: Activity) -> bool:
    """Whether the user's follow-up is marked as written on the responsible party's behalf."""
    return user.party_id != activity.lead_id


def can_set(user: User, state: State) -> bool:
    """Only the coordinator can cancel; others ask for it under *Avviker*."""
    return state != State.CANCELLED or user.is_coordinator


def can_undo(user: User, follow_up: FollowUp, *, now: datetime) -> bool:
    """Its author, within fifteen minutes; after that, a new follow-up corrects it.

    One that seems to be saved later than now is too late to undo: a clock has been set back, and how long ago it was is
    not known. It would be open for longer than promised, while a new follow-up is always possible.
    """
    mine = user.is_active and follow_up.author_id == user.pk
    age = now - follow_up.saved_at
    return mine and not follow_up.is_withdrawal and -CLOCKS_DIFFER <= age <= UNDO_WINDOW


def can_correct(user: User, follow_up: FollowUp, period: Period) -> bool:
    """The responsible party's follow-up, by those who may follow up, until the period ends.

    After that only the answer to a question that was asked in time. Needs `activity` fetched, and then the questions.
    """
    is_theirs = follow_up.voice == FollowUp.Voice.RESPONSIBLE and not follow_up.is_withdrawal
    if not is_theirs or not can_follow_up(user, follow_up.activity):
        return False
    return period.is_open_for(follow_up) or follow_up.is_asked_about


def can_ask(user: User, follow_up: FollowUp, period: Period) -> bool:
    """The coordinator, about an answer in the open round that can be corrected."""
    in_round = period.round is not None and follow_up.round_id == period.round_id
    return user.is_coordinator and in_round and can_correct(user, follow_up, period)


def has_own_work(user: User) -> bool:
    """Whether the user has the page *Mitt arbete*."""
    return user.is_active and (user.is_representative or user.is_coordinator)


def can_make_reports(user: User) -> bool:
    return user.is_active and user.is_official


def can_read_reports(user: User) -> bool:
    """Open the reports' page and take a report out as PDF: readers too. A report says the same to everybody."""
    return can_make_reports(user) or (user.is_active and user.get_role() == Role.READER)


def can_register(user: User | None) -> bool:
    """Store rounds and activities agreed before: coordinators, and set-up commands (`user` None)."""
    return user is None or (user.is_active and user.is_coordinator)


def can_read_rounds(user: User) -> bool:
    """Each party's progress and follow-ups in a round: coordinators only."""
    return user.is_active and user.is_coordinator


def can_keep_rounds(user: User, agreement: Agreement) -> bool:
    """Plan, change and close rounds: coordinators, until the agreement is archived."""
    return can_read_rounds(user) and not agreement.is_archived


# --- What was visible when ------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Visibility:
    """What decides whether somebody outside its parties may see an activity."""

    is_agreed: bool
    is_internal: bool


def is_party_to(user: User, activity: Activity) -> bool:
    """Whether the user sees the activity also before it is agreed, with its whole history. Needs `contributions` prefetched."""
    if not user.is_active or user.is_coordinator:
        return user.is_active
    parties = {activity.lead_id, *(each.party_id for each in activity.contributions.all())}
    return user.is_representative and user.party_id in parties


def could_see(user: User, standing: Visibility) -> bool:
    """Whether the user may see an activity of other parties in that standing."""
    sees_internal = user.get_role().traits.sees_internal
    return user.is_active and standing.is_agreed and (sees_internal or not standing.is_internal)


# --- Planning --------------------------------------------------------------------------------------------------
def can_plan_in(user: User, agreement: Agreement) -> bool:
    """Coordinators, and representatives of a party once the agreement is adopted; nobody in an archived one."""
    if not user.is_active or agreement.is_archived:
        return False
    return user.is_coordinator or (
        user.is_representative and user.party_id is not None and not agreement.is_draft
    )


def can_plan_for(user: User, lead: Party | int) -> bool:
    """Representatives for their own party, coordinators for every party."""
    lead_id = lead if isinstance(lead, int) else lead.pk
    return user.is_active and (user.is_coordinator or (user.is_representative and user.party_id == lead_id))


def can_edit_plan(user: User, activity: Activity) -> bool:
    """A draft or returned plan: both sides. An agreed one: coordinators. A proposal: nobody, until it is answered."""
    if not can_plan_in(user, activity.agreement) or activity.is_proposed:
        return False
    return user.is_coordinator or (activity.is_being_drafted and can_plan_for(user, activity.lead_id))


def takes_part(user: User, activity: Activity) -> bool:
    """Whether the user is on one of the two sides that agree: the coordinator, or the responsible party's representatives."""
    return can_plan_in(user, activity.agreement) and can_plan_for(user, activity.lead_id)


def can_propose(user: User, activity: Activity) -> bool:
    return activity.is_being_drafted and can_edit_plan(user, activity)


def can_remove(user: User, activity: Activity) -> bool:
    """Only a plan that nobody has agreed to: a draft or a returned one."""
    return can_propose(user, activity)


def can_answer(user: User, activity: Activity) -> bool:
    """Accept or return a proposal: the side that did not make it, so that nobody agrees alone."""
    if not can_plan_in(user, activity.agreement):
        return False
    if user.is_coordinator:
        return activity.waits_for_coordinator
    return activity.waits_for_lead and can_plan_for(user, activity.lead_id)


def can_withdraw(user: User, activity: Activity) -> bool:
    """Take a proposal back: the side that made it."""
    if not can_plan_in(user, activity.agreement):
        return False
    if user.is_coordinator:
        return activity.waits_for_lead
    return activity.waits_for_coordinator and can_plan_for(user, activity.lead_id)


def can_replace(user: User, activity: Activity) -> bool:
    """Coordinators, for an agreed activity; nobody in an archived agreement."""
    return user.is_coordinator and can_plan_in(user, activity.agreement) and activity.is_agreed


def can_write_contribution(user: User, activity: Activity, party: Party | int) -> bool:
    """A contributing party's part: its representatives, and coordinators on its behalf."""
    return can_plan_in(user, activity.agreement) and can_plan_for(user, party)


def speaks_for(user: User, party: Party | int) -> bool:
    """Whether the user writes as the party itself; a coordinator writes on its behalf."""
    return user.is_representative and can_plan_for(user, party)


def can_follow_up_contribution(user: User, activity: Activity, party: Party | int) -> bool:
    """Follow up a contribution: as `can_write_contribution`, once the activity is agreed and its agreement adopted."""
    return (
        can_write_contribution(user, activity, party) and activity.is_agreed and activity.agreement.is_adopted
    )
