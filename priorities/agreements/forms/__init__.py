"""Forms for the steps of a draft agreement."""

from priorities.agreements.forms.agreement import BasicsForm, PartiesForm
from priorities.agreements.forms.areas import AreasForm
from priorities.agreements.forms.decision import AdoptForm, DecisionForm
from priorities.agreements.forms.matter import MatterForm
from priorities.agreements.forms.places import PlacesForm

__all__ = [
    "AdoptForm",
    "AreasForm",
    "BasicsForm",
    "DecisionForm",
    "MatterForm",
    "PartiesForm",
    "PlacesForm",
]
