from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q, QuerySet

from parties.models.user import User


class DeputyQuerySet(QuerySet["Deputy"]):
    def in_force(self, day: date) -> Self:
        """The periods that include the day, as their first or last day too."""
        return self.filter(from_on__lte=day, to_on__gte=day)


class Deputy(models.Model):
    """A period in which `deputy`, of the same party, gets the person's mail and sees the person's work first."""

    person = models.ForeignKey(User, models.CASCADE, related_name="deputies", verbose_name="för")
    deputy = models.ForeignKey(
        User, models.CASCADE, related_name="stands_in_for", verbose_name="ställföreträdare"
    )
    from_on = models.DateField("från")
    to_on = models.DateField("till och med")

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = "ställföreträdare"
        verbose_name_plural = "ställföreträdare"
        ordering = ["from_on", "pk"]
        constraints = [
            models.CheckConstraint(name="deputy_is_somebody_else", condition=~Q(person=F("deputy"))),
            models.CheckConstraint(
                name="deputy_ends_no_earlier_than_it_begins", condition=Q(to_on__gte=F("from_on"))
            ),
            models.UniqueConstraint("person", "from_on", name="deputy_begins_alone_for_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} för {self.person}"
