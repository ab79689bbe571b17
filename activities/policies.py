"""Who may do what with an activity? Pure answers: no query, no request."""

from datetime import datetime, timedelta

from activities.models import Activity, FollowUp
from activities.states import State
from parties.models import User

UNDO_WINDOW = timedelta(minutes=15)


def can_follow_up(user: User, activity: Activity) -> bool:
    """The responsible party's representatives, and coordinators on its behalf; done ones too, drafts and archived ones never."""
    if not user.is_active or not activity.is_agreed or activity.agreement.status != "adopted":
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


def has_own_work(user: User) -> bool:
    """Whether *Mitt arbete* is a page for them."""
    return user.is_active and (user.is_representative or user.is_coordinator)


def can_make_reports(user: User) -> bool:
    return user.is_active and user.is_official


def can_register(user: User | None) -> bool:
    """The coordinator plans; None stands for a set-up command, which may."""
    return user is None or (user.is_active and user.is_coordinator)
