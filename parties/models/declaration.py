from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q

from parties.models.attachment import Attachment
from parties.models.party import Party
from samverkan.lib.dates import in_words
from samverkan.lib.fields import FreeLineField, FreeTextField, within_limits
from samverkan.lib.history import PlanHistory
from samverkan.lib.matching import KeyField, unique_text


class Matter(models.Model):
    """A matter (ärende) before a committee. In a proposal `decided_on`, `section` and `outcome` are empty."""

    case_number = FreeLineField("diarienummer", max_length=60)
    case_number_key = KeyField()
    title = FreeLineField("rubrik", max_length=200)
    memo_on = models.DateField("tjänsteutlåtande daterat", null=True, blank=True)
    committee = FreeLineField("instans", max_length=120)
    decided_on = models.DateField("beslutsdatum", null=True, blank=True)
    section = FreeLineField("paragraf", max_length=20, blank=True)
    outcome = FreeTextField("beslut", blank=True)

    history = PlanHistory(unkept=["case_number_key"])

    class Meta:
        verbose_name = "ärende"
        verbose_name_plural = "ärenden"
        ordering = ["case_number"]
        constraints = [
            unique_text(
                "case_number",
                name="matter_has_a_case_number_of_its_own",
                sentence="Ett annat ärende har det diarienumret.",
            ),
            *within_limits("matter", "outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.case_number} {self.title}"

    @property
    def decision_in_words(self) -> str:
        """`Beslutat 5 oktober 2022, § 12`, or `Beslut § 12` without the day; empty while neither is known."""
        if self.decided_on is None:
            return f"Beslut {self.section}" if self.section else ""
        return ", ".join(filter(None, [f"Beslutat {in_words(self.decided_on)}", self.section]))


class MatterPoint(models.Model):
    """A numbered point of a matter. `assignee` is the function that gets an assignment, if any."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="points", verbose_name="ärende")
    number = models.PositiveSmallIntegerField("nummer")
    text = FreeTextField("text")
    assignee = FreeLineField("uppdrag till", max_length=150, blank=True)

    history = PlanHistory()

    class Meta:
        verbose_name = "beslutspunkt"
        verbose_name_plural = "beslutspunkter"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("matter", "number", name="matter_point_has_a_number_of_its_own"),
            *within_limits("matter_point", "text"),
        ]

    def __str__(self) -> str:
        return f"Punkt {self.number}"


class Declaration(models.Model):
    """A declaration of intent (avsiktsförklaring): the parties commit to cooperate for some years.

    `version` rises with every change of the declaration, its signatories, its matter or the matter's points.
    """

    title = FreeLineField("rubrik", max_length=200)
    valid_from = models.DateField("gäller från")
    valid_to = models.DateField("gäller till")
    purpose = FreeTextField("syfte", blank=True)
    matter = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="declarations", verbose_name="ärende"
    )
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name="föregås av"
    )
    predecessors_in_words = FreeTextField(
        "tidigare avsiktsförklaringar", blank=True, help_text="När de inte finns här."
    )
    version = models.PositiveIntegerField("version", default=1, editable=False)

    if TYPE_CHECKING:
        past: Any  # the history's manager, added at run time

    history = PlanHistory()

    class Meta:
        verbose_name = "avsiktsförklaring"
        verbose_name_plural = "avsiktsförklaringar"
        ordering = ["-valid_from"]
        constraints = [
            models.CheckConstraint(
                name="declaration_ends_after_it_begins", condition=Q(valid_to__gt=F("valid_from"))
            ),
            *within_limits("declaration", "purpose", "predecessors_in_words"),
        ]

    def __str__(self) -> str:
        return self.title


class Signatory(models.Model):
    """A party to a declaration. What is unknown about its signature is empty; what it was before stands in the history."""

    declaration = models.ForeignKey(
        Declaration, models.CASCADE, related_name="signatories", verbose_name="avsiktsförklaring"
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="signatures", verbose_name="part")
    signed_on = models.DateField("undertecknad", null=True, blank=True)
    title = FreeLineField("undertecknarens funktion", max_length=150, blank=True)
    case_number = FreeLineField("partens diarienummer", max_length=60, blank=True)
    reason = FreeTextField("varför parten är med", blank=True)

    history = PlanHistory()

    class Meta:
        verbose_name = "undertecknare"
        verbose_name_plural = "undertecknare"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("declaration", "party", name="party_signs_a_declaration_once"),
            *within_limits("signatory", "reason"),
        ]

    def __str__(self) -> str:
        return str(self.party)


class DeclarationAttachment(Attachment):
    declaration = models.ForeignKey(
        Declaration, models.CASCADE, related_name="attachments", verbose_name="avsiktsförklaring"
    )

    history = PlanHistory()

    class Meta(Attachment.Meta):
        constraints = [
            models.UniqueConstraint(
                "declaration", "number", name="declaration_attachment_has_a_number_of_its_own"
            )
        ]
