from django.db import models

from activities.querysets import UnsavedAnswerQuerySet


class UnsavedAnswer(models.Model):
    """What somebody has typed in a follow-up form and not saved. Shown to its author only; deleted when the form is saved.

    `answers` holds the form's fields as typed. One for each author and activity.
    """

    author = models.ForeignKey("parties.User", models.CASCADE, related_name="+", verbose_name="skriven av")
    activity = models.ForeignKey("Activity", models.CASCADE, related_name="+", verbose_name="aktivitet")
    answers = models.JSONField("det som är skrivet")
    saved_at = models.DateTimeField("sparat")

    objects = UnsavedAnswerQuerySet.as_manager()

    class Meta:
        verbose_name = "osparat svar"
        verbose_name_plural = "osparade svar"
        constraints = [
            models.UniqueConstraint("author", "activity", name="unsaved_answer_is_one_for_each_author")
        ]

    def __str__(self) -> str:
        return f"{self.author}: {self.activity_id}"
