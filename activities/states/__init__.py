"""The activities' enumerations. All that belongs to a member stands in its enumeration's one table.

The colour of a state or a flag is the class `state-` with its value: see `static/css/base/tokens.css`.
"""

from activities.states.answer import Attainment, DecisionLevel, Voice
from activities.states.flag import Flag
from activities.states.occasion import Occasion
from activities.states.preparation import Preparation
from activities.states.state import Assessment, State, Status

__all__ = [
    "Assessment",
    "Attainment",
    "DecisionLevel",
    "Flag",
    "Occasion",
    "Preparation",
    "State",
    "Status",
    "Voice",
]
