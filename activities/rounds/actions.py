"""Plan, change, remove and close a follow-up round.

Each action is atomic, and a lock on the agreement's row lets one writer in at a time. Raises PermissionDenied when `by`
may not, ValidationError at the field that is wrong, and Stale when somebody has changed the round since the editor saw it.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from activities import policies
from activities.models import Round
from activities.periods import Phase, Rounds
from activities.rounds import Progress, RoundPlan, faults_of, why_fixed, why_it_stays
from activities.rounds.changes import what_changed
from parties.models import User
from priorities.models import Agreement
from samverkan.lib.access import require
from samverkan.lib.checking import changed, checked
from samverkan.lib.editing.stale import Stale

GONE = "Omgången finns inte längre: någon har tagit bort den."
CLOSED = "Omgången är avslutad och ändras inte."
FIXED = "Dagen som den gäller och dagen då den öppnade ligger fast."
NOT_OPEN = {
    True: "Omgången har inte öppnat än. Den kan tas bort i stället.",
    False: "Omgången har redan upphört.",
}


@transaction.atomic
def add_round(*, by: User | None, agreement: Agreement, **fields: Any) -> Round:
    """Stores a planned or past round without the rules for new ones: for set-up commands."""
    require(policies.can_register(by))
    round: Round = checked(Round(agreement=agreement, **fields))
    return round


@transaction.atomic
def plan_round(*, by: User, agreement: Agreement, today: date, plan: RoundPlan) -> Round:
    """Stores a new round. Returns the existing one when the same form is sent twice."""
    agreement = _held(agreement, by)
    rounds = list(agreement.rounds.all())
    if made := next((round for round in rounds if RoundPlan.of(round) == plan), None):
        return made
    _refuse(faults_of(plan, agreement, rounds, today=today))
    round: Round = checked(Round(agreement=agreement, **vars(plan)))
    return round


@transaction.atomic
def plan_rounds(*, by: User, agreement: Agreement, today: date, plans: Iterable[RoundPlan]) -> list[Round]:
    """Stores all of the rounds or none. The errors are keyed by the round's day and the field: `2024-08-31-due_on`."""
    made: list[Round] = []
    faults: dict[str, list[str]] = {}
    for plan in plans:
        try:
            made.append(plan_round(by=by, agreement=agreement, today=today, plan=plan))
        except ValidationError as error:
            faults |= {f"{plan.as_of}-{field}": each for field, each in error.message_dict.items()}
    if faults:
        raise ValidationError(faults)
    return made


@transaction.atomic
def change_round(*, by: User, round: Round, today: date, version: int, plan: RoundPlan) -> Round:
    """Changes all of it before its days are fixed, then only the name and last day; nothing once it has ended.

    They are fixed when it has opened and anybody has been asked, or it has ended another round, which must not open again.
    """
    phase = _stored_phase(round, by, today)
    stored = phase.round
    _refuse_stale(stored, version)
    if phase.has_ended:
        raise ValidationError(CLOSED, code="ended")
    has_moved = (plan.as_of, plan.opens_on) != (stored.as_of, stored.opens_on)
    if has_moved and (why := why_fixed(stored, today)):
        raise ValidationError(f"{why} {FIXED}", code="fixed")
    others = stored.agreement.rounds.exclude(pk=stored.pk)
    _refuse(faults_of(plan, stored.agreement, others, today=today, had=stored))
    if plan != RoundPlan.of(stored):
        changed(stored, vars(plan) | {"version": stored.version + 1})
    return stored


@transaction.atomic
def remove_round(*, by: User, round: Round, today: date, version: int) -> None:
    """Deletes a round that has not opened and has neither follow-ups nor mail."""
    stored = _stored_phase(round, by, today).round
    _refuse_stale(stored, version)
    if sentence := why_it_stays(stored, today):
        raise ValidationError(sentence, code="stays")
    stored.delete()


@transaction.atomic
def close_round(*, by: User, round: Round, today: date, seen: str | None = None) -> bool:
    """Ends the round, so that later follow-ups belong to the next one. False when somebody had already closed it.

    `seen` is the `Progress.token` of what the page showed as missing; raises Stale when that has changed. A follow-up that
    is saved at the same moment locks the same row, so that one of the two waits for the other.
    """
    phase = _stored_phase(round, by, today)
    stored = phase.round
    if phase.is_closed:
        return False
    if not phase.is_open:
        raise ValidationError(NOT_OPEN[phase.is_planned], code="not_open")
    if seen is not None and seen != Progress.of(phase).token:
        raise Stale("Något har sparats eller ändrats sedan sidan visades.")
    changed(stored, {"closed_on": today, "closed_by": by, "version": stored.version + 1})
    return True


def _held(agreement: Agreement, by: User) -> Agreement:
    """The agreement as stored, locked until the transaction ends. SQLite needs no lock: it lets in one writer at a time."""
    own = Agreement.objects.select_for_update(of=("self",), no_key=True).get(pk=agreement.pk)
    require(policies.can_keep_rounds(by, own))
    return own


def _stored_phase(round: Round, by: User, today: date) -> Phase:
    """The round's phase as stored. Locks the round's row, as saving a follow-up does."""
    agreement = _held(round.agreement, by)
    Round.objects.select_for_update(of=("self",), no_key=True).filter(pk=round.pk).first()
    rounds = Round.objects.filter(agreement=agreement).select_related("agreement", "closed_by")
    phase = Rounds.among(rounds).phase_of(round, today)
    if phase is None:
        raise ValidationError(GONE, code="gone")
    return phase


def _refuse(faults: dict[str, str]) -> None:
    if faults:
        raise ValidationError(faults)


def _refuse_stale(stored: Round, version: int) -> None:
    if stored.version != version:
        raise Stale(what_changed(stored))
