from django.db import models
from django.db.models import Q

from activities.querysets import QuestionQuerySet
from samverkan.lib.fields import FreeLineField, FreeTextField, within_limits


class Question(models.Model):
    """The coordinator's question about a follow-up, which waits on the party's list until a correction answers it.

    The follow-up still counts meanwhile: the activity is not *inte uppdaterad*. Only the follow-up that decides the
    state is asked about or corrected. That it is answered is not stored: its follow-up has been replaced. A question
    never changes but can be taken back, once, and then another be asked; one that is open when its round ends can still
    be answered, and not be taken back.
    """

    follow_up = models.ForeignKey(
        "FollowUp", models.PROTECT, related_name="questions", verbose_name="uppföljning"
    )
    text = FreeTextField("fråga")
    asked_by = models.ForeignKey("parties.User", models.PROTECT, related_name="+", verbose_name="ställd av")
    asked_by_title = FreeLineField("frågarens funktion", max_length=150, blank=True)
    asked_at = models.DateTimeField("ställd")
    taken_back_at = models.DateTimeField("tillbakatagen", null=True, blank=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "fråga"
        verbose_name_plural = "frågor"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="question_has_words", condition=~Q(text="")),
            models.UniqueConstraint(
                fields=["follow_up"], name="one_question_at_a_time", condition=Q(taken_back_at=None)
            ),
            *within_limits("question", "text"),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def asker(self) -> str:
        """The asker's title of the time, or the name without one, which needs `asked_by` fetched."""
        return self.asked_by_title or self.asked_by.display_name

    @property
    def is_taken_back(self) -> bool:
        return self.taken_back_at is not None
