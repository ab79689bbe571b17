"""The activities that wait for a user: to follow up, correct, answer, or change and propose again."""

from datetime import date

from django.db.models import Q

from activities.asked import asked_of, asked_to_contribute
from activities.models import Activity, Round
from activities.querysets import AGREED, ActivityQuerySet
from activities.states import Preparation, State
from activities.waiting import waiting_in, waits_for_coordinator, with_proposer
from parties.models import User
from priorities.models import Agreement


def tasks(user: User, agreements: list[Agreement], rounds: list[Round], *, today: date) -> ActivityQuerySet:
    """Everything that waits for the user, as the menu and *Mitt arbete* count it. `rounds` are the open ones."""
    rows = with_proposer(Activity.objects.visible_to(user)).as_of(today)
    return rows.filter(
        _to_follow_up(user, rounds, today)
        | _to_prepare(user, agreements)
        | _to_contribute(user, agreements, today)
    )


def led(user: User, agreements: list[Agreement], *, today: date) -> ActivityQuerySet:
    """The agreed activities that the user's party leads, in adopted agreements."""
    rows = Activity.objects.visible_to(user).agreed().filter(agreement__in=adopted(agreements))
    return rows.led_by(user.party).as_of(today)


def preparing(user: User, agreements: list[Agreement]) -> ActivityQuerySet:
    """Proposals that wait for the user's side to answer, and its own proposals that were returned."""
    return with_proposer(Activity.objects.visible_to(user)).filter(_to_prepare(user, agreements))


def adopted(agreements: list[Agreement]) -> list[Agreement]:
    return [agreement for agreement in agreements if agreement.is_adopted]


def unarchived(agreements: list[Agreement]) -> list[Agreement]:
    return [agreement for agreement in agreements if not agreement.is_archived]


def _to_follow_up(user: User, rounds: list[Round], today: date) -> Q:
    return AGREED & asked_of(user, today) & waiting_in(rounds, today) if rounds else Q(pk__in=[])


def _to_contribute(user: User, agreements: list[Agreement], today: date) -> Q:
    """Those in which the user's party has been asked for a part and has not answered, until they end."""
    asked = asked_to_contribute(user)
    ended = Q(preparation=Preparation.AGREED, state__in=[state.value for state in State if not state.is_open])
    return asked & ~ended & Q(agreement__in=adopted(agreements))


def _to_prepare(user: User, agreements: list[Agreement]) -> Q:
    """Coordinators answer what the parties propose, representatives what is proposed to their party."""
    here = Q(agreement__in=unarchived(agreements))
    if user.is_coordinator:
        return here & waits_for_coordinator()
    mine = Q(lead=user.party_id) if user.party_id else Q(pk__in=[])
    by_us = Q(preparation=Preparation.RETURNED, proposed_by_lead_on__isnull=False)
    return here & mine & (Q(preparation=Preparation.PROPOSED, lead_yes_on=None) | by_us)
