"""Who: the parties, their people, and what they declare together."""

from parties.models.attachment import Attachment
from parties.models.declaration import Declaration, DeclarationAttachment, Matter, MatterPoint, Signatory
from parties.models.party import Party, Unit
from parties.models.user import User

__all__ = [
    "Attachment",
    "Declaration",
    "DeclarationAttachment",
    "Matter",
    "MatterPoint",
    "Party",
    "Signatory",
    "Unit",
    "User",
]
