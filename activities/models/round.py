from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from activities.querysets import RoundQuerySet
from samverkan.lib.db import DayAfter
from samverkan.lib.fields import FreeLineField

# A round that nobody closes takes no answers this long after its last day.
LAPSES_AFTER = timedelta(days=30)


class Round(models.Model):
    """A follow-up round (uppföljningsomgång) about the state on a day. Planned until it opens, open until it ends.

    It opens by itself on its day, at the latest the day after `as_of`: follow-ups written before that would speak of a
    later day than the round's. It ends when it is closed, when the next one opens or thirty days after its last day,
    whichever comes first. The row does not know of the next one: ask `activities.periods` which round is open.

    `version` rises when its name or days change and when it is closed, but not when its mail is paused.
    """

    agreement = models.ForeignKey(
        "priorities.Agreement", models.PROTECT, related_name="rounds", verbose_name="överenskommelse"
    )
    label = FreeLineField("namn", max_length=120)
    as_of = models.DateField("läget per")
    opens_on = models.DateField("öppnar")
    due_on = models.DateField("sista dag")
    closed_on = models.DateField("stängd", null=True, blank=True)
    closed_by = models.ForeignKey(
        "parties.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="stängd av"
    )
    is_mail_paused = models.BooleanField("mejlen är pausade", default=False)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "uppföljningsomgång"
        verbose_name_plural = "uppföljningsomgångar"
        ordering = ["agreement", "as_of"]
        constraints = [
            models.UniqueConstraint(
                "agreement", "as_of", name="round_has_a_day_of_its_own_within_its_agreement"
            ),
            models.UniqueConstraint("agreement", "opens_on", name="round_opens_alone_within_its_agreement"),
            models.CheckConstraint(
                name="round_opens_no_later_than_the_day_after_its_own",
                condition=Q(opens_on__lte=DayAfter("as_of")),
            ),
            models.CheckConstraint(
                name="round_is_due_no_earlier_than_it_opens", condition=Q(due_on__gte=F("opens_on"))
            ),
            models.CheckConstraint(
                name="round_closes_no_earlier_than_it_opened",
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opens_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("round", args=[self.agreement.slug, self.as_of])

    def speaks_of(self, day: date) -> date:
        """The day that an answer in it speaks of: its own, or the day of writing while that is still to come."""
        return min(day, self.as_of)

    def is_planned(self, day: date) -> bool:
        return day < self.opens_on

    def is_closed(self, day: date) -> bool:
        """Whether somebody has closed it by the day. It no longer asks on the day of closing."""
        return self.closed_on is not None and self.closed_on <= day

    @property
    def lapses_on(self) -> date:
        """The first day on which it takes no answers, though nobody has closed it and no other round has opened."""
        return self.due_on + LAPSES_AFTER

    def is_over(self, day: date) -> bool:
        """Whether it is closed or has lapsed by the day. It may also have ended because the next one opened."""
        return self.is_closed(day) or self.lapses_on <= day
