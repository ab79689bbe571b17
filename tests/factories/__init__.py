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
    DeclarationFactory,
    MatterFactory,
    PartyFactory,
    UnitFactory,
    UserFactory,
)
from tests.factories.priorities import (
    AgreementFactory,
    FocusAreaFactory,
    NeedFactory,
    PictureFactory,
    PlaceFactory,
    PriorityAreaFactory,
    SourceFactory,
)

__all__ = [
    "PASSWORD",
    "ActivityFactory",
    "AgreementFactory",
    "ContributionFactory",
    "DeclarationFactory",
    "FocusAreaFactory",
    "FollowUpFactory",
    "MatterFactory",
    "MilestoneFactory",
    "NeedFactory",
    "PartyFactory",
    "PictureFactory",
    "PlaceFactory",
    "PriorityAreaFactory",
    "RoundFactory",
    "SourceFactory",
    "UnitFactory",
    "UserFactory",
]
