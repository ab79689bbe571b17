"""Querysets of rounds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Self

from django.db.models import QuerySet

from activities import models
from parties.models import User
from priorities.models import Agreement
from samverkan.lib.db import keys_of


class RoundQuerySet(QuerySet["models.Round"]):
    def visible_to(self, user: User) -> Self:
        """Those of the agreements that the user sees."""
        return self.filter(agreement__in=keys_of(Agreement.objects.visible_to(user)))

    def newest_on(self, agreement: Agreement, day: date) -> models.Round | None:
        """The round that opened last, open or closed; None before the first. `activities.periods` says if it is open."""
        return self.filter(agreement=agreement, opens_on__lte=day).order_by("-opens_on").first()

    def next_to_open(self, agreements: Iterable[Agreement], day: date) -> models.Round | None:
        """The next planned round of any of the agreements, or None."""
        return self.filter(opens_on__gt=day, agreement__in=agreements).order_by("opens_on").first()
