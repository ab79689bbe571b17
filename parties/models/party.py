from django.db import models

from parties.querysets import PartyQuerySet
from samverkan.lib.fields import AddressPartField, FreeLineField, NamesField
from samverkan.lib.matching import KeyField, for_matching, unique_text


class PartyKind(models.Model):
    """What sort of organisation a party is (slag), such as *Kommun*: a list that the administrator keeps.

    Only read: no rule asks which kind a party has. Which party is the municipality, `Party.leads` says.
    """

    name = FreeLineField("namn", max_length=60)
    name_key = KeyField()

    class Meta:
        verbose_name = "slag av part"
        verbose_name_plural = "slag av parter"
        ordering = ["name"]
        constraints = [
            unique_text(
                "name", name="party_kind_has_a_name_of_its_own", sentence="Ett annat slag har det namnet."
            )
        ]

    def __str__(self) -> str:
        return self.name


class Party(models.Model):
    """An organisation that takes part: municipality, authority, company, association or other. It outlives agreements."""

    name = FreeLineField("namn", max_length=200)
    name_key = KeyField()
    short_name = FreeLineField("kort namn", max_length=60)
    slug = AddressPartField(
        "adressdel",
        max_length=60,
        unique=True,
        help_text="Små bokstäver, siffror och bindestreck. Den står i adressen till partens sida.",
        error_messages={"unique": "En annan part har den adressdelen."},
    )
    other_names = NamesField("andra namn", default=list, blank=True, help_text="För sökning och import.")
    kind = models.ForeignKey(PartyKind, models.PROTECT, related_name="parties", verbose_name="slag")
    since_year = models.PositiveSmallIntegerField("part sedan", null=True, blank=True)
    leads = models.BooleanField("leder överenskommelsen", default=False)

    objects = PartyQuerySet.as_manager()

    class Meta:
        verbose_name = "part"
        verbose_name_plural = "parter"
        ordering = ["slug"]
        constraints = [
            unique_text("name", name="party_has_a_name_of_its_own", sentence="En annan part har det namnet.")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def names(self) -> list[str]:
        return [self.name, self.short_name, *self.other_names]

    def answers_to(self, text: str) -> bool:
        """Whether one of its names contains `text`, as `for_matching` has it: `lokalpolisen` finds the police."""
        return any(text in for_matching(name) for name in self.names)


class Unit(models.Model):
    """A party's own unit (förvaltning). Naming one is optional everywhere."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="units", verbose_name="part")
    name = FreeLineField("namn", max_length=200)
    name_key = KeyField()

    class Meta:
        verbose_name = "enhet"
        verbose_name_plural = "enheter"
        ordering = ["party", "name"]
        constraints = [
            unique_text(
                "name",
                within=("party",),
                name="unit_has_a_name_of_its_own_within_its_party",
                sentence="Parten har redan en enhet med det namnet.",
            )
        ]

    def __str__(self) -> str:
        return self.name
