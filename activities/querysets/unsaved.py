"""Which unsaved answers?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import QuerySet

if TYPE_CHECKING:
    from activities.models import UnsavedAnswer  # noqa: F401 -- QuerySet["…"] names it
    from parties.models import User


class UnsavedAnswerQuerySet(QuerySet["UnsavedAnswer"]):
    def visible_to(self, user: User) -> Self:
        """One's own, about activities that one still sees. Nobody sees another's, whatever the role."""
        from activities.models import Activity  # noqa: PLC0415 -- the models take these querysets as managers

        return self.filter(author=user.pk, activity__in=Activity.objects.visible_to(user))
