"""The rules for a round, by itself and beside the agreement's other rounds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from activities.models import Round
from activities.periods import Rounds
from priorities.models import Agreement
from samverkan.lib.dates import in_words
from samverkan.lib.matching import match

DAY = timedelta(days=1)
# From the day that a round speaks of to its last day; a longer time is probably a mistyped year.
LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class RoundPlan:
    """The fields of a round that the coordinator decides."""

    label: str
    as_of: date
    opens_on: date
    due_on: date

    @classmethod
    def of(cls, round: Round) -> "RoundPlan":
        return cls(round.label, round.as_of, round.opens_on, round.due_on)


def round_end(round: Round) -> date:
    """The last day that belongs to the round; no other round may overlap it."""
    return round.closed_on or round.due_on


def why_fixed(round: Round, today: date) -> str:
    """Why the round's day and its opening can no longer change; empty when they can. At most three queries."""
    if round.is_planned(today):
        return ""
    phases = Rounds.of(round.agreement).phases(today)
    if any(each.next == round and not each.is_closed and each.ended_on == round.opens_on for each in phases):
        return "Omgången före avslutades när den här öppnade."
    if round.follow_ups.exists() or round.mail_reasons.exists():
        return "Någon har redan följt upp eller fått mejl om omgången."
    return ""


def why_it_stays(round: Round, today: date) -> str:
    """Why a round cannot be removed; empty when it can. At most two queries."""
    if not round.is_planned(today):
        return "Omgången har öppnat och tas inte bort. Stäng den i stället."
    if round.follow_ups.exists():
        return "Det finns uppföljningar i omgången. Den tas inte bort."
    if round.mail_reasons.exists():
        return "Mejl om omgången har skickats. Den tas inte bort."
    return ""


def faults_of(
    plan: RoundPlan, agreement: Agreement, others: Iterable[Round], *, today: date, had: Round | None = None
) -> dict[str, str]:
    """One error for each field that is wrong. `had` is the round before the change, None for a new one."""
    faults = _of_its_own(plan, agreement)
    if plan.due_on < today and (had is None or had.due_on != plan.due_on):
        faults.setdefault("due_on", "Sista dagen har redan varit. Välj i dag eller en senare dag.")
    for other in others:
        for field, sentence in _beside(plan, other).items():
            faults.setdefault(field, sentence)
    return faults


def _of_its_own(plan: RoundPlan, agreement: Agreement) -> dict[str, str]:
    faults = {}
    if not agreement.covers(plan.as_of):
        faults["as_of"] = (
            "Välj en dag i överenskommelsens tid, "
            f"{in_words(agreement.starts_on)} till {in_words(agreement.ends_on)}."
        )
    if plan.opens_on - DAY > plan.as_of:
        faults["opens_on"] = (
            f"Omgången öppnar senast dagen efter den som den gäller, alltså {in_words(plan.as_of + DAY)}."
        )
    elif plan.opens_on < agreement.starts_on:
        faults["opens_on"] = (
            f"Omgången kan inte öppna innan överenskommelsen börjar, {in_words(agreement.starts_on)}."
        )
    if plan.due_on < plan.opens_on:
        faults["due_on"] = f"Sista dagen kan inte vara före {in_words(plan.opens_on)}, då omgången öppnar."
    elif plan.due_on - plan.as_of > LONGEST:
        faults["due_on"] = f"Sista dagen är mer än ett år efter {in_words(plan.as_of)}. Kontrollera årtalet."
    return faults


def _beside(plan: RoundPlan, other: Round) -> dict[str, str]:
    """Two rounds differ in day and name, never overlap, and open in the order of the days they speak of."""
    faults = {}
    if match(plan.label, other.label):
        faults["label"] = "En annan omgång heter redan så. Ge dem olika namn."
    if plan.as_of == other.as_of:
        return faults | {"as_of": f"{other.label} gäller redan den dagen. Välj en annan dag."}
    ends_on = round_end(other)
    # A round that somebody closed after the last day on which this one may open may overlap it.
    was_late = other.closed_on is not None and other.opens_on < plan.opens_on == plan.as_of + DAY
    if plan.opens_on <= ends_on and other.opens_on <= plan.due_on and not was_late:
        field = "opens_on" if other.opens_on <= plan.opens_on else "due_on"
        faults[field] = (
            f"Omgången möter {other.label}, som pågår {in_words(other.opens_on)} till {in_words(ends_on)}. "
            "Två omgångar kan inte pågå samtidigt."
        )
    elif (plan.as_of < other.as_of) != (plan.opens_on < other.opens_on):
        when = "senare" if plan.as_of > other.as_of else "tidigare"
        faults["opens_on"] = (
            f"Den här omgången gäller en {when} dag än {other.label} och ska också öppna {when}: "
            f"den öppnar {in_words(other.opens_on)}."
        )
    return faults
