from django.db import models

from samverkan.lib.fields import FreeLineField


class Mask(models.Model):
    """An administrator has masked one text of one row, since it may not be there: a secret, or somebody's private life.

    `about` and `key` name the row, `field` its column. The text itself is gone; the reason never repeats it.
    """

    about = models.CharField("gäller", max_length=100)
    key = models.PositiveBigIntegerField("nyckel")
    field = models.CharField("fält", max_length=100)
    reason = FreeLineField("skäl", max_length=200)
    masked_by = models.ForeignKey(
        "parties.User", models.PROTECT, null=True, related_name="+", verbose_name="maskerad av"
    )
    masked_at = models.DateTimeField("maskerad")

    class Meta:
        verbose_name = "maskering"
        verbose_name_plural = "maskeringar"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("about", "key", "field", name="text_is_masked_once"),
            models.CheckConstraint(name="mask_says_why", condition=~models.Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.about} {self.key}: {self.field}"
