from django.db import models
from django.db.models import Q

from activities import states
from activities.querysets import MailQuerySet


class Mail(models.Model):
    """One mail about rounds to one person, and whether it was sent. At most one a day to each person.

    The row is saved before the mail is sent, so that two processes cannot both send it. `claim` identifies the run that
    sends it, since `claimed_at`; a later run takes over what a run that died left unsent. `fault` says why it is not
    sent.
    """

    MOST_TRIES = 5
    NEEDLESS = "Behövdes inte längre."

    person = models.ForeignKey(
        "parties.User", models.PROTECT, related_name="round_mails", verbose_name="till"
    )
    day = models.DateField("dag")
    subject = models.CharField("ämne", max_length=200)
    text = models.TextField("text")
    html = models.TextField("formaterad text")
    claim = models.UUIDField("körning")
    claimed_at = models.DateTimeField("påbörjad")
    tries = models.PositiveSmallIntegerField("försök", default=0)
    sent_at = models.DateTimeField("skickad", null=True, blank=True)
    fault = models.CharField("fel", max_length=300, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = "mejl"
        verbose_name_plural = "mejl"
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint("person", "day", name="mail_is_at_most_one_a_day_for_each_person"),
            models.CheckConstraint(
                name="mail_that_is_sent_has_no_fault", condition=Q(sent_at=None) | Q(fault="")
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_needless(self) -> bool:
        """Whether a new attempt found that nothing waited any more, or that another mail had said the same."""
        return self.fault == self.NEEDLESS

    @property
    def is_given_up(self) -> bool:
        return bool(self.fault) and not self.is_needless and self.tries >= self.MOST_TRIES


class MailReason(models.Model):
    """One reason for a mail: the occasion, the round, and whose work it is about (for a deputy, another person's)."""

    Occasion = states.Occasion
    ONCE = tuple(states.Occasion.sent_once())

    mail = models.ForeignKey("Mail", models.CASCADE, related_name="reasons", verbose_name="mejl")
    round = models.ForeignKey("Round", models.PROTECT, related_name="mail_reasons", verbose_name="omgång")
    person = models.ForeignKey("parties.User", models.PROTECT, related_name="+", verbose_name="vars arbete")
    occasion = models.CharField("anledning", max_length=12, choices=states.Occasion)

    class Meta:
        verbose_name = "anledning till mejl"
        verbose_name_plural = "anledningar till mejl"
        constraints = [
            models.UniqueConstraint("mail", "round", "person", "occasion", name="mail_has_each_reason_once"),
            models.UniqueConstraint(
                "round",
                "person",
                "occasion",
                condition=Q(occasion__in=states.Occasion.sent_once()),
                name="person_is_told_once_of_each_occasion_of_a_round",
            ),
            models.CheckConstraint(
                name="mail_reason_is_a_known_occasion",
                condition=Q(occasion__in=states.Occasion.values),
            ),
        ]

    def __str__(self) -> str:
        return self.get_occasion_display()
