from django.db import models

from samverkan.lib.fields import DigestField, FreeLineField, NamedFileField


class Attachment(models.Model):
    """A numbered appendix (bilaga). Abstract: each kind of owner has its own table."""

    number = models.PositiveSmallIntegerField("nummer")
    title = FreeLineField("rubrik", max_length=200)
    file = NamedFileField("fil", upload_to="bilagor/%Y/", blank=True)
    digest = DigestField("kontrollsumma")

    class Meta:
        abstract = True
        verbose_name = "bilaga"
        verbose_name_plural = "bilagor"
        ordering = ["number"]

    def __str__(self) -> str:
        return f"Bilaga {self.number}. {self.title}"
