"""Who may do what with an activity? Pure answers: no query, no request."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from activities.models import Activity, FollowUp
from activities.periods import Period
from activities.states import State
from parties.models import Party, User
from priorities.models import Agreement

UNDO_WINDOW = timedelta(minutes=15)


def can_follow_up(user: User, activity: Activity) -> bool:
    """The responsible party's representatives, and coordinators on its behalf; done ones too, drafts and archived ones never."""
    if not user.is_active or not activity.is_agreed or not activity.agreement.is_adopted:
        return False
    return user.is_coordinator or (user.is_representative and user.party_id == activity.lead_id)


def speaks_on_behalf(user: User, activity: Activity) -> bool:
    """Whether what the user writes is marked as written on the responsible party's behalf."""
    return user.party_id != activity.lead_id


def can_set(user: User, state: State) -> bool:
    """Only the coordinator cancels: others ask for it under *Avviker*."""
    return state != State.CANCELLED or user.is_coordinator


def can_undo(user: User, follow_up: FollowUp, *, now: datetime) -> bool:
    """Its author, within fifteen minutes; afterwards a new follow-up says what is right."""
    mine = user.is_active and follow_up.author_id == user.pk
    return mine and not follow_up.is_withdrawal and now - follow_up.saved_at <= UNDO_WINDOW


def can_correct(user: User, follow_up: FollowUp, period: Period) -> bool:
    """The responsible party's own word, by those who follow up, as long as it is not settled. Needs the word's activity."""
    is_theirs = follow_up.voice == FollowUp.Voice.RESPONSIBLE and not follow_up.is_withdrawal
    return is_theirs and can_follow_up(user, follow_up.activity) and period.is_open_for(follow_up)


def can_ask(user: User, follow_up: FollowUp, period: Period) -> bool:
    """The coordinator, about what can be corrected in the open round."""
    return user.is_coordinator and period.round is not None and can_correct(user, follow_up, period)


def has_own_work(user: User) -> bool:
    """Whether *Mitt arbete* is a page for them."""
    return user.is_active and (user.is_representative or user.is_coordinator)


def can_make_reports(user: User) -> bool:
    return user.is_active and user.is_official


def can_register(user: User | None) -> bool:
    """The coordinator keeps the rounds and writes down what was agreed before; None stands for a set-up command, which may."""
    return user is None or (user.is_active and user.is_coordinator)


def can_read_rounds(user: User) -> bool:
    """The coordinator sees how far each party has come in a round, and what it has said."""
    return user.is_active and user.is_coordinator


def can_keep_rounds(user: User, agreement: Agreement) -> bool:
    """Plan, change and close rounds: the coordinator, until the agreement is archived."""
    return can_read_rounds(user) and not agreement.is_archived


# --- Who has seen what ---------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Standing:
    """What decides who may see an activity that they are no party to."""

    is_agreed: bool
    is_internal: bool


def is_party_to(user: User, activity: Activity) -> bool:
    """Sees it before it is agreed, with all that was written then. Needs `contributions` prefetched."""
    if not user.is_active or user.is_coordinator:
        return user.is_active
    parties = {activity.lead_id, *(each.party_id for each in activity.contributions.all())}
    return user.is_representative and user.party_id in parties


def could_see(user: User, standing: Standing) -> bool:
    """Whether an activity that the user is no party to is theirs to see while it stands so."""
    sees_internal = user.get_role().traits.sees_internal
    return user.is_active and standing.is_agreed and (sees_internal or not standing.is_internal)


# --- Planning --------------------------------------------------------------------------------------------------
def can_plan_in(user: User, agreement: Agreement) -> bool:
    """Coordinators, and representatives for their own party once the agreement is adopted; nobody in an archived one."""
    if not user.is_active or agreement.is_archived:
        return False
    return user.is_coordinator or (
        user.is_representative and user.party_id is not None and not agreement.is_draft
    )


def can_plan_for(user: User, lead: Party | int) -> bool:
    """A representative plans what the own party is responsible for, the coordinator for every party."""
    lead_id = lead if isinstance(lead, int) else lead.pk
    return user.is_active and (user.is_coordinator or (user.is_representative and user.party_id == lead_id))


def can_edit_plan(user: User, activity: Activity) -> bool:
    """A draft or returned one: both sides. An agreed one: the coordinator. A proposal waits for its answer as it is."""
    if not can_plan_in(user, activity.agreement) or activity.is_proposed:
        return False
    return user.is_coordinator or (activity.is_being_drafted and can_plan_for(user, activity.lead_id))


def takes_part(user: User, activity: Activity) -> bool:
    """One of the two sides that say yes: the coordinator, and the responsible party's representatives."""
    return can_plan_in(user, activity.agreement) and can_plan_for(user, activity.lead_id)


def can_propose(user: User, activity: Activity) -> bool:
    return activity.is_being_drafted and can_edit_plan(user, activity)


def can_remove(user: User, activity: Activity) -> bool:
    """Only what nobody has said yes to."""
    return can_propose(user, activity)


def can_answer(user: User, activity: Activity) -> bool:
    """Accept or return a proposal: the side that has not said yes. Nobody agrees the own side's proposal alone."""
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
    """The coordinator, an agreed one of an adopted agreement."""
    return user.is_coordinator and can_plan_in(user, activity.agreement) and activity.is_agreed


def can_write_contribution(user: User, activity: Activity, party: Party | int) -> bool:
    """What a contributing party does: its representatives, and the coordinator on its behalf."""
    return can_plan_in(user, activity.agreement) and can_plan_for(user, party)


def speaks_for(user: User, party: Party | int) -> bool:
    """Whether what the user writes is the party's own word; what the coordinator writes for it is not."""
    return user.is_representative and can_plan_for(user, party)


def can_tell_of_contribution(user: User, activity: Activity, party: Party | int) -> bool:
    """What a contributing party has done: the same people, once the activity is agreed and its agreement adopted."""
    return (
        can_write_contribution(user, activity, party) and activity.is_agreed and activity.agreement.is_adopted
    )
