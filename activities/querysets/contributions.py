"""The queryset of contributions. Who may see one follows from its activity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

if TYPE_CHECKING:
    from activities import models  # noqa: F401 -- the base class names it


class ContributionQuerySet(QuerySet["models.Contribution"]):
    def standing(self) -> Self:
        """Those that the party has not declined, confirmed or not: it contributes, as far as is known."""
        return self.filter(declined_on=None)

    def unanswered(self) -> Self:
        """Those that the party has neither confirmed nor declined."""
        return self.filter(declined_on=None, confirmed_on=None)
