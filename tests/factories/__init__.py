"""Factories with fixed defaults, so that a test states only the values that matter to it.

Everything belongs to the agreement 2023-2024 unless another is given. Making a party, place, area or account with the
same slug or address again returns the same row.
"""

from tests.factories.activities import (
    ActivityFactory,
    ContributionFactory,
    FollowUpFactory,
    MilestoneFactory,
    RoundFactory,
)
from tests.factories.parties import (
    PASSWORD,
    CalendarAddressFactory,
    DeclarationAttachmentFactory,
    DeclarationFactory,
    DeputyFactory,
    MatterFactory,
    MatterPointFactory,
    PartyFactory,
    PartyKindFactory,
    SignatoryFactory,
    UnitFactory,
    UserFactory,
)
from tests.factories.priorities import (
    AgreementAttachmentFactory,
    AgreementFactory,
    FocusAreaFactory,
    MembershipFactory,
    NeedFactory,
    PictureAttachmentFactory,
    PictureFactory,
    PlaceFactory,
    PriorityAreaFactory,
    SourceFactory,
    SourceUseFactory,
)
from tests.factories.rounds import (
    MailFactory,
    MailReasonFactory,
    QuestionFactory,
    ReadMarkFactory,
    UnsavedAnswerFactory,
)

__all__ = [
    "PASSWORD",
    "ActivityFactory",
    "AgreementAttachmentFactory",
    "AgreementFactory",
    "CalendarAddressFactory",
    "ContributionFactory",
    "DeclarationAttachmentFactory",
    "DeclarationFactory",
    "DeputyFactory",
    "FocusAreaFactory",
    "FollowUpFactory",
    "MailFactory",
    "MailReasonFactory",
    "MatterFactory",
    "MatterPointFactory",
    "MembershipFactory",
    "MilestoneFactory",
    "NeedFactory",
    "PartyFactory",
    "PartyKindFactory",
    "PictureAttachmentFactory",
    "PictureFactory",
    "PlaceFactory",
    "PriorityAreaFactory",
    "QuestionFactory",
    "ReadMarkFactory",
    "RoundFactory",
    "SignatoryFactory",
    "SourceFactory",
    "SourceUseFactory",
    "UnitFactory",
    "UnsavedAnswerFactory",
    "UserFactory",
]
