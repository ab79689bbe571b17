from django.db import models


class ReadMark(models.Model):
    """That a coordinator has read a follow-up, and when; deleted when it is taken back. A correction is unread at first.

    One for each reader and follow-up. It says nothing to anybody else, and nothing depends on it.
    """

    reader = models.ForeignKey("parties.User", models.PROTECT, related_name="+", verbose_name="läst av")
    follow_up = models.ForeignKey(
        "FollowUp", models.PROTECT, related_name="read_marks", verbose_name="uppföljning"
    )
    read_at = models.DateTimeField("läst")

    class Meta:
        verbose_name = "läsmarkering"
        verbose_name_plural = "läsmarkeringar"
        constraints = [
            models.UniqueConstraint("reader", "follow_up", name="read_mark_is_one_for_each_reader")
        ]

    def __str__(self) -> str:
        return f"{self.reader_id}: {self.follow_up_id}"
