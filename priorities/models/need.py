from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from priorities.models.agreement import Agreement, PriorityArea
from priorities.models.place import Place, Source
from priorities.querysets import NeedQuerySet
from samverkan.lib.fields import FreeTextField, within_limits
from samverkan.lib.history import PlanHistory


class Need(models.Model):
    """A problem that the parties found together, with probable causes and evidence.

    No places means the whole municipality. `version` rises with every change.
    """

    class Outcome(models.TextChoices):
        REMAINS = "remains", "Kvarstår"
        CHANGED = "changed", "Ändrat"
        CLOSED = "closed", "Avslutat"

    agreement = models.ForeignKey(
        Agreement, models.CASCADE, related_name="needs", verbose_name="överenskommelse"
    )
    number = models.PositiveIntegerField("nummer")
    priority_area = models.ForeignKey(
        PriorityArea, models.PROTECT, related_name="needs", verbose_name="prioriterat område"
    )
    problem = FreeTextField("problem")
    affected = FreeTextField("vilka som berörs", blank=True)
    causes = FreeTextField("troliga orsaker", blank=True, help_text="En orsak per rad.")
    places = models.ManyToManyField(Place, blank=True, related_name="needs", verbose_name="platser")
    sources = models.ManyToManyField(Source, blank=True, related_name="needs", verbose_name="källor")
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="successors", verbose_name="följer på"
    )
    outcome = models.CharField("utfall när det förs vidare", max_length=10, choices=Outcome, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)

    if TYPE_CHECKING:
        past: Any  # the history's manager, added at run time
        is_met: bool  # set by the list of needs

    objects = NeedQuerySet.as_manager()
    history = PlanHistory(m2m_fields=[places, sources])

    class Meta:
        verbose_name = "behov"
        verbose_name_plural = "behov"
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(
                "agreement", "number", name="need_has_a_number_of_its_own_within_its_agreement"
            ),
            models.CheckConstraint(name="need_names_a_problem", condition=~Q(problem="")),
            *within_limits("need", "problem", "affected", "causes"),
        ]

    def __str__(self) -> str:
        return self.problem

    def get_absolute_url(self) -> str:
        """Fetch `agreement` along with the need, or this makes a query."""
        return reverse("need", args=[self.agreement.slug, self.number])
