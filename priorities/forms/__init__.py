"""What does the coordinator type when an agreement, a need or a lägesbild is written down?"""

from priorities.forms.agreement import BasicsForm, PartiesForm
from priorities.forms.areas import AreasForm
from priorities.forms.declaration import DeclarationBasicsForm, DeclarationMatterForm, PointsForm
from priorities.forms.matter import MatterForm
from priorities.forms.need import NeedForm
from priorities.forms.picture import PictureForm
from priorities.forms.places import PlacesForm
from priorities.forms.sign import AttachmentForm, SignatureForm
from priorities.forms.signatories import SignatoriesForm
from priorities.forms.writing import ConfirmForm, PartForm

__all__ = [
    "AreasForm",
    "AttachmentForm",
    "BasicsForm",
    "ConfirmForm",
    "DeclarationBasicsForm",
    "DeclarationMatterForm",
    "MatterForm",
    "NeedForm",
    "PartForm",
    "PartiesForm",
    "PictureForm",
    "PlacesForm",
    "PointsForm",
    "SignatoriesForm",
    "SignatureForm",
]
