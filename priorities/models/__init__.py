"""Agreements with their areas and places, lägesbilder with their sources, and needs."""

from priorities.models.agreement import (
    Agreement,
    AgreementAttachment,
    AgreementParty,
    FocusArea,
    PriorityArea,
)
from priorities.models.first_steps import FirstStepKind, StepAside
from priorities.models.need import Need
from priorities.models.picture import SituationalPicture, SituationalPictureAttachment, SourceUse
from priorities.models.place import Place, Source

__all__ = [
    "Agreement",
    "AgreementAttachment",
    "AgreementParty",
    "FirstStepKind",
    "FocusArea",
    "Need",
    "Place",
    "PriorityArea",
    "SituationalPicture",
    "SituationalPictureAttachment",
    "Source",
    "SourceUse",
    "StepAside",
]
