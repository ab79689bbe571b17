"""The steps of an activity's plan, from draft to agreed."""

from collections.abc import Mapping

from django.db.models import TextChoices


class Preparation(TextChoices):
    """How far an activity's plan has come. It is agreed once both sides have said yes."""

    DRAFT = "draft", "Utkast"
    PROPOSED = "proposed", "Föreslagen"
    RETURNED = "returned", "Återlämnad"
    AGREED = "agreed", "Beslutad"

    @property
    def slug(self) -> str:
        """The preparation in an address: `aterlamnad`."""
        return _PREPARATION_SLUGS[self]

    @classmethod
    def before_agreed(cls) -> list["Preparation"]:
        return [each for each in cls if each != cls.AGREED]


_PREPARATION_SLUGS: Mapping[Preparation, str] = {
    Preparation.DRAFT: "utkast",
    Preparation.PROPOSED: "foreslagen",
    Preparation.RETURNED: "aterlamnad",
    Preparation.AGREED: "beslutad",
}
