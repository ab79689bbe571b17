"""The statuses of agreements and lägesbilder, and one table with what belongs to each."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices


@dataclass(frozen=True)
class StatusTraits:
    """`icon` is the name of a vendored drawing. `colour` is the activity state whose colours the status shares."""

    icon: str
    colour: str


class _Status(TextChoices):
    @property
    def traits(self) -> StatusTraits:
        return _STATUSES[self.value]


class AgreementStatus(_Status):
    DRAFT = "draft", "Utkast"
    ADOPTED = "adopted", "Fastställd"
    ARCHIVED = "archived", "Arkiverad"


class PictureStatus(_Status):
    DRAFT = "draft", "Utkast"
    ADOPTED = "adopted", "Fastställd"


_STATUSES: Mapping[str, StatusTraits] = {
    AgreementStatus.DRAFT: StatusTraits("pencil", "not_started"),
    AgreementStatus.ADOPTED: StatusTraits("check-circle-fill", "done"),
    AgreementStatus.ARCHIVED: StatusTraits("lock", "not_started"),
}
