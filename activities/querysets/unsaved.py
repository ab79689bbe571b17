"""Querysets of unsaved answers."""

from __future__ import annotations

from typing import Self

from django.db.models import QuerySet

from activities import models
from parties.models import User
from samverkan.lib.db import keys_of


class UnsavedAnswerQuerySet(QuerySet["models.UnsavedAnswer"]):
    def visible_to(self, user: User) -> Self:
        """The user's own, of activities that they still see. No role sees another's."""
        return self.filter(author=user.pk, activity__in=keys_of(models.Activity.objects.visible_to(user)))
