"""The parties with their units and people, and the declarations they sign."""

from parties.models.attachment import Attachment
from parties.models.attempt_counter import AttemptCounter
from parties.models.audit import AuditEntry, AuditSegment
from parties.models.calendar_address import CalendarAddress
from parties.models.declaration import Declaration, DeclarationAttachment, Matter, MatterPoint, Signatory
from parties.models.deputy import Deputy
from parties.models.mask import Mask
from parties.models.party import Party, PartyKind, Unit
from parties.models.submission import Submission
from parties.models.user import User

__all__ = [
    "Attachment",
    "AttemptCounter",
    "AuditEntry",
    "AuditSegment",
    "CalendarAddress",
    "Declaration",
    "DeclarationAttachment",
    "Deputy",
    "Mask",
    "Matter",
    "MatterPoint",
    "Party",
    "PartyKind",
    "Signatory",
    "Submission",
    "Unit",
    "User",
]
