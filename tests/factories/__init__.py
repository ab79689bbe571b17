"""Rows with fixed defaults: what a test does not say is ordinary, so what it says is what matters.

Everything belongs to the agreement 2023-2024 unless told otherwise; a party, place, area or account asked for
again by its slug or address is the same one.
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
from tests.factories.rounds import MailFactory, MailReasonFactory, QuestionFactory, UnsavedAnswerFactory

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
    "PictureAttachmentFactory",
    "PictureFactory",
    "PlaceFactory",
    "PriorityAreaFactory",
    "QuestionFactory",
    "RoundFactory",
    "SignatoryFactory",
    "SourceFactory",
    "SourceUseFactory",
    "UnitFactory",
    "UnsavedAnswerFactory",
    "UserFactory",
]
