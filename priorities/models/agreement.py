from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from parties.models import Attachment, Declaration, Matter, Party
from priorities.models.place import Place
from priorities.models.status import AgreementStatus
from priorities.querysets import AgreementQuerySet
from samverkan.lib.fields import (
    AddressPartField,
    DigestField,
    FreeLineField,
    FreeTextField,
    NamedFileField,
    within_limits,
)
from samverkan.lib.history import PlanHistory


class Agreement(models.Model):
    """A cooperation agreement (samverkansöverenskommelse) for a period. Database locks make it read-only once archived.

    `version` rises with every change of the agreement or of what belongs to it, except needs and activities.
    """

    Status = AgreementStatus

    declaration = models.ForeignKey(
        Declaration, models.PROTECT, related_name="agreements", verbose_name="avsiktsförklaring"
    )
    slug = AddressPartField(
        "period i adressen", max_length=30, unique=True, help_text="Till exempel 2023-2024."
    )
    title = FreeLineField("rubrik", max_length=200)
    starts_on = models.DateField("gäller från")
    ends_on = models.DateField("gäller till")
    purposes = FreeTextField("syften", blank=True)
    matter = models.ForeignKey(
        Matter, models.PROTECT, null=True, blank=True, related_name="agreements", verbose_name="ärende"
    )
    status = models.CharField("status", max_length=10, choices=Status, default=Status.DRAFT)
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name="följer på"
    )
    next_activity_number = models.PositiveIntegerField("nästa aktivitetsnummer", default=1, editable=False)
    next_need_number = models.PositiveIntegerField("nästa behovsnummer", default=1, editable=False)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    if TYPE_CHECKING:
        past: Any  # the history's manager, added at run time

    objects = AgreementQuerySet.as_manager()
    history = PlanHistory()

    class Meta:
        verbose_name = "överenskommelse"
        verbose_name_plural = "överenskommelser"
        ordering = ["-starts_on"]
        constraints = [
            models.CheckConstraint(
                name="agreement_ends_after_it_begins", condition=Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(
                name="agreement_has_a_known_status", condition=Q(status__in=AgreementStatus.values)
            ),
            *within_limits("agreement", "purposes"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("activity_list", args=[self.slug])

    @property
    def period(self) -> str:
        """`2023–2024`, or `2023` for an agreement within one year."""
        years = (self.starts_on.year, self.ends_on.year)
        return f"{years[0]}–{years[1]}" if years[0] != years[1] else str(years[0])

    @property
    def standing(self) -> AgreementStatus:
        return AgreementStatus(self.status)

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_adopted(self) -> bool:
        return self.status == self.Status.ADOPTED

    @property
    def is_archived(self) -> bool:
        return self.status == self.Status.ARCHIVED

    def covers(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


class AgreementParty(models.Model):
    """A party to the agreement, with its signature if known. What was said of it before stands in the history."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="memberships", verbose_name="överenskommelse"
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="memberships", verbose_name="part")
    joined_on = models.DateField("med från", null=True, blank=True)
    left_on = models.DateField("med till", null=True, blank=True)
    signed_on = models.DateField("undertecknad", null=True, blank=True)
    title = FreeLineField("undertecknarens funktion", max_length=150, blank=True)
    file = NamedFileField("undertecknad fil", upload_to="underskrifter/%Y/", blank=True)
    digest = DigestField("kontrollsumma")

    if TYPE_CHECKING:
        past: Any  # the history's manager, added at run time

    history = PlanHistory()

    class Meta:
        verbose_name = "part i överenskommelsen"
        verbose_name_plural = "parter i överenskommelsen"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("agreement", "party", name="party_joins_an_agreement_once"),
            models.CheckConstraint(
                name="party_leaves_an_agreement_after_it_joined",
                condition=Q(left_on=None) | Q(joined_on=None) | Q(left_on__gte=F("joined_on")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.party)

    def is_party_on(self, day: date) -> bool:
        """As `party_on`, for a row at hand."""
        return (self.joined_on or day) <= day <= (self.left_on or day)

    @classmethod
    def past_of(cls, agreement: Agreement) -> Any:
        """The records of what was said of the agreement's signatures."""
        return cls.history.model.objects.filter(agreement=agreement).select_related("party")


class AgreementAttachment(Attachment):
    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="attachments", verbose_name="överenskommelse"
    )

    if TYPE_CHECKING:
        past: Any  # the history's manager, added at run time

    history = PlanHistory()

    class Meta(Attachment.Meta):
        constraints = [
            models.UniqueConstraint(
                "agreement", "number", name="agreement_attachment_has_a_number_of_its_own"
            )
        ]

    @classmethod
    def past_of(cls, agreement: Agreement) -> Any:
        """The records of the agreement's attachments."""
        return cls.history.model.objects.filter(agreement=agreement)


class PriorityArea(models.Model):
    """A problem area that the parties work on together during the agreement (prioriterat område)."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="priority_areas", verbose_name="överenskommelse"
    )
    slug = AddressPartField("adressdel", max_length=60)
    order = models.PositiveSmallIntegerField("ordning")
    name = FreeLineField("namn", max_length=200)
    short_name = FreeLineField("kort namn", max_length=60)
    effect_goal = FreeTextField("effektmål", blank=True)
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name="följer på"
    )

    class Meta:
        verbose_name = "prioriterat område"
        verbose_name_plural = "prioriterade områden"
        ordering = ["agreement", "order"]
        constraints = [
            models.UniqueConstraint(
                "agreement", "slug", name="priority_area_has_an_address_of_its_own_within_its_agreement"
            ),
            models.UniqueConstraint(
                "agreement", "order", name="priority_area_has_a_position_of_its_own_within_its_agreement"
            ),
            *within_limits("priority_area", "effect_goal"),
        ]

    def __str__(self) -> str:
        return self.name


class FocusArea(models.Model):
    """A place that an agreement gives priority (geografiskt område)."""

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="focus_areas", verbose_name="överenskommelse"
    )
    place = models.ForeignKey(Place, models.PROTECT, related_name="focus_areas", verbose_name="plats")
    order = models.PositiveSmallIntegerField("ordning")

    class Meta:
        verbose_name = "geografiskt område"
        verbose_name_plural = "geografiska områden"
        ordering = ["agreement", "order"]
        constraints = [
            models.UniqueConstraint("agreement", "place", name="place_is_a_focus_area_once_in_an_agreement"),
            models.UniqueConstraint(
                "agreement", "order", name="focus_area_has_a_position_of_its_own_within_its_agreement"
            ),
        ]

    def __str__(self) -> str:
        return str(self.place)
