from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from parties.models import Attachment, Party
from priorities.models.place import Place, Source
from priorities.models.status import PictureStatus
from priorities.querysets import PictureQuerySet
from samverkan.lib.fields import FreeLineField, FreeTextField, NamesField, within_limits
from samverkan.lib.history import PlanHistory


class SituationalPicture(models.Model):
    """The shared picture (lägesbild) of a year, in the law's three parts. Locked once adopted. It outlives agreements.

    `version` rises with every change of the picture or of how it uses its sources.
    """

    Status = PictureStatus

    year = models.PositiveSmallIntegerField("år", unique=True)
    title = FreeLineField("rubrik", max_length=200)
    mapping = FreeTextField("kartläggning", blank=True)
    other_information = FreeTextField("annan information", blank=True)
    analysis = FreeTextField("analys", blank=True)
    participants = models.ManyToManyField(
        Party, blank=True, related_name="situational_pictures", verbose_name="parter som deltog"
    )
    status = models.CharField("status", max_length=10, choices=Status, default=Status.DRAFT)
    adopted_on = models.DateField(
        "fastställd", null=True, blank=True, help_text="Tom när dagen inte är känd."
    )
    version = models.PositiveIntegerField("version", default=1, editable=False)

    if TYPE_CHECKING:
        past: Any  # the history's manager, added at run time

    objects = PictureQuerySet.as_manager()
    history = PlanHistory(m2m_fields=[participants])

    class Meta:
        verbose_name = "lägesbild"
        verbose_name_plural = "lägesbilder"
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(
                name="picture_has_a_known_status", condition=Q(status__in=PictureStatus.values)
            ),
            models.CheckConstraint(
                name="picture_has_an_adoption_day_only_once_adopted",
                condition=Q(adopted_on=None) | Q(status=PictureStatus.ADOPTED),
            ),
            *within_limits("picture", "mapping", "other_information", "analysis"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("picture", args=[self.year])

    @property
    def standing(self) -> PictureStatus:
        return PictureStatus(self.status)

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def is_adopted(self) -> bool:
        return self.status == self.Status.ADOPTED


class SourceUse(models.Model):
    """How a lägesbild used a source: for which period and places, when it was fetched, what it cannot say.

    Adopting the lägesbild writes down what the source and the places were called, since both can be renamed later.
    """

    picture = models.ForeignKey(
        SituationalPicture, models.CASCADE, related_name="uses", verbose_name="lägesbild"
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="uses", verbose_name="källa")
    period = FreeLineField("period", max_length=120, blank=True)
    places = models.ManyToManyField(Place, blank=True, related_name="source_uses", verbose_name="platser")
    retrieved_on = models.DateField("hämtad", null=True, blank=True)
    limitations = FreeTextField("begränsningar", blank=True)
    # The names of `names_now` on the day of adoption; None in a draft.
    names_then = NamesField("namn när den fastställdes", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "använd källa"
        verbose_name_plural = "använda källor"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("picture", "source", name="picture_uses_a_source_once"),
            *within_limits("source_use", "limitations"),
        ]

    def __str__(self) -> str:
        return str(self.names["source"])

    @property
    def names(self) -> dict[str, Any]:
        """`source`, `publisher`, `kind` and `places` as they were when the lägesbild was adopted; in a draft as they are."""
        return self.names_then or self.names_now

    @property
    def names_now(self) -> dict[str, Any]:
        """Needs `source` and `places` fetched."""
        return {
            "source": self.source.name,
            "publisher": self.source.publisher,
            "kind": self.source.get_kind_display(),
            "places": [place.name for place in self.places.all()],
        }


class SituationalPictureAttachment(Attachment):
    picture = models.ForeignKey(
        SituationalPicture, models.CASCADE, related_name="attachments", verbose_name="lägesbild"
    )

    class Meta(Attachment.Meta):
        constraints = [
            models.UniqueConstraint("picture", "number", name="picture_attachment_has_a_number_of_its_own")
        ]
