from django.db import models

from samverkan.lib.fields import AddressPartField, FreeLineField
from samverkan.lib.matching import KeyField, unique_text


class Place(models.Model):
    """A geographic area that outlives agreements: a district (kommundel) or a place inside one.

    `district` is a plain text, since we know nothing else about districts yet.
    """

    slug = AddressPartField("adressdel", max_length=60, unique=True)
    name = FreeLineField("namn", max_length=120)
    name_key = KeyField()
    district = FreeLineField("kommundel", max_length=120, blank=True)
    external_code = FreeLineField("kod i annat register", max_length=60, blank=True)

    class Meta:
        verbose_name = "plats"
        verbose_name_plural = "platser"
        ordering = ["slug"]
        constraints = [
            unique_text("name", name="place_has_a_name_of_its_own", sentence="En annan plats har det namnet.")
        ]

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    """A recurring source of knowledge, such as a survey. `SourceUse` says which edition a lägesbild used."""

    class Kind(models.TextChoices):
        SURVEY = "survey", "Enkät"
        OFFICIAL_STATISTICS = "official_statistics", "Officiell statistik"
        OPERATIONS = "operations", "Verksamhetsstatistik"
        DIALOGUE = "dialogue", "Dialog"
        OBSERVATION = "observation", "Observation"

    name = FreeLineField("namn", max_length=200)
    name_key = KeyField()
    publisher = FreeLineField("utgivare", max_length=200, blank=True, help_text="Tom när den inte är känd.")
    kind = models.CharField("slag", max_length=30, choices=Kind)

    class Meta:
        verbose_name = "källa"
        verbose_name_plural = "källor"
        ordering = ["name"]
        constraints = [
            unique_text(
                "name", name="source_has_a_name_of_its_own", sentence="En annan källa har det namnet."
            )
        ]

    def __str__(self) -> str:
        return self.name
