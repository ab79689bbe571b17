"""An agreement's follow-up rounds: their rules, how far each party has come, and the ones still to be planned."""

from activities.rounds.progress import Progress
from activities.rounds.rules import RoundPlan, faults_of, why_fixed, why_it_stays
from activities.rounds.suggestion import suggested

__all__ = [
    "Progress",
    "RoundPlan",
    "faults_of",
    "suggested",
    "why_fixed",
    "why_it_stays",
]
