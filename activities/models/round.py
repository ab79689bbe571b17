from datetime import date

from django.db import models
from django.db.models import F, Q

from activities.querysets import RoundQuerySet
from priorities.models import Agreement
from samverkan.lib.fields import FreeLineField


class Round(models.Model):
    """A follow-up round (uppföljningsomgång) as of a day. Planned until it opens, open until it is closed."""

    agreement = models.ForeignKey(
        Agreement, models.PROTECT, related_name="rounds", verbose_name="överenskommelse"
    )
    label = FreeLineField("namn", max_length=120)
    as_of = models.DateField("läget per")
    opens_on = models.DateField("öppnar", null=True, blank=True)
    due_on = models.DateField("sista dag")
    closed_on = models.DateField("stängd", null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "uppföljningsomgång"
        verbose_name_plural = "uppföljningsomgångar"
        ordering = ["agreement", "as_of"]
        constraints = [
            models.UniqueConstraint(
                "agreement", "as_of", name="round_has_a_day_of_its_own_within_its_agreement"
            ),
            models.CheckConstraint(
                name="round_is_due_no_earlier_than_it_opens",
                condition=Q(opens_on=None) | Q(due_on__gte=F("opens_on")),
            ),
            models.CheckConstraint(
                name="round_closes_no_earlier_than_it_opened",
                condition=Q(closed_on=None) | Q(opens_on__isnull=False, closed_on__gte=F("opens_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def is_open(self, day: date) -> bool:
        """Whether a follow-up written that day belongs to the round."""
        return (
            self.opens_on is not None
            and self.opens_on <= day
            and (self.closed_on is None or day <= self.closed_on)
        )
