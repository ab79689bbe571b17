from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from parties.models.user import User
from parties.roles import Role

# An account, those for whom it stands in, those for whom they do, and so on; two who stand in for each other end it.
_STOOD_IN_FOR = """
    WITH RECURSIVE link (person, deputy) AS ({links}), theirs (id) AS (
        SELECT CAST(%s AS bigint) UNION SELECT link.person FROM theirs JOIN link ON link.deputy = theirs.id)
    SELECT id FROM theirs"""


class DeputyQuerySet(QuerySet["Deputy"]):
    def in_force(self, day: date) -> Self:
        """The periods that include the day, as their first or last day too."""
        return self.filter(from_on__lte=day, to_on__gte=day)

    def standing_in(self, day: date) -> Self:
        """The periods that decide who stands in on the day: one at most for each person.

        The deputy is an active representative of the person's party; of several, the one whose period began last.
        """
        of_the_party = {"deputy__role": Role.REPRESENTATIVE, "deputy__party": F("person__party")}
        able = self.in_force(day).filter(deputy__is_active=True, **of_the_party)
        later = able.filter(person=OuterRef("person"), from_on__gt=OuterRef("from_on"))
        return able.filter(~Exists(later))

    def stood_in_for(self, deputy: int, day: date) -> Self:
        """The periods of those for whom the account stands in: also for whom they stand in, while they too are away."""
        links, params = (
            Deputy.objects.standing_in(day).order_by().values("person", "deputy").query.sql_with_params()
        )
        theirs = RawSQL(_STOOD_IN_FOR.format(links=links), [*params, deputy])  # noqa: S611 -- SQL from the ORM
        return self.standing_in(day).filter(deputy__in=theirs).exclude(person=deputy)


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
