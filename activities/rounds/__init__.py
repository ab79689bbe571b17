"""An agreement's follow-up rounds: their rules, how far each party has come, and the ones still to be planned."""

from activities.rounds.progress import PartyProgress, Progress
from activities.rounds.rules import RoundPlan, faults_of, round_end, why_it_stays
from activities.rounds.suggestion import suggested

__all__ = [
    "PartyProgress",
    "Progress",
    "RoundPlan",
    "faults_of",
    "round_end",
    "suggested",
    "why_it_stays",
]
