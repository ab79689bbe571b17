"""Forms for the steps of a declaration."""

from priorities.declarations.forms.declaration import DeclarationBasicsForm, DeclarationMatterForm, PointsForm
from priorities.declarations.forms.signatories import SignatoriesForm

__all__ = [
    "DeclarationBasicsForm",
    "DeclarationMatterForm",
    "PointsForm",
    "SignatoriesForm",
]
