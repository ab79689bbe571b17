from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from activities import states
from activities.querysets import ActivityQuerySet, ContributionQuerySet, MilestoneQuerySet
from samverkan.lib.fields import FreeLineField, FreeTextField, within_limits
from samverkan.lib.history import PlanHistory

if TYPE_CHECKING:
    from activities.models.follow_up import FollowUp


_LEAD, _COORDINATOR = "lead_yes_on__isnull", "coordinator_yes_on__isnull"
_NEITHER = {_LEAD: True, _COORDINATOR: True}
_ONLY_LEAD, _ONLY_COORDINATOR = {_LEAD: False, _COORDINATOR: True}, {_LEAD: True, _COORDINATOR: False}
_BOTH = {_LEAD: False, _COORDINATOR: False}


@lru_cache(maxsize=10_000)
def address_of(agreement_slug: str, number: int) -> str:
    """The address of an activity's page. A page can link to hundreds, and each would be put together anew."""
    return reverse("activity", args=[agreement_slug, number])


class Activity(models.Model):
    """A joint measure with one responsible party. Its state is derived from the follow-ups, not stored.

    Numbers run per agreement and are never reused. No focus areas means the whole municipality. The owner is a function,
    never a person. `version` rises with every change of the plan. The activity is agreed once the lead party and the
    coordinator have both said yes, on the days in `lead_yes_on` and `coordinator_yes_on`.
    """

    Preparation = states.Preparation

    class Kind(models.TextChoices):
        SOCIAL = "social", "Social"
        SITUATIONAL = "situational", "Situationell"
        KNOWLEDGE = "knowledge", "Kunskap och samverkan"

    class Horizon(models.TextChoices):
        SHORT = "short", "Kort sikt"
        MEDIUM = "medium", "Medellång sikt"
        LONG = "long", "Lång sikt"

    agreement = models.ForeignKey(
        "priorities.Agreement", models.PROTECT, related_name="activities", verbose_name="överenskommelse"
    )
    number = models.PositiveIntegerField("nummer", editable=False)
    title = FreeLineField("namn", max_length=200)
    purpose = FreeTextField("syfte", blank=True)
    goal = FreeTextField("mål", blank=True)
    measure = FreeLineField("mått", max_length=200, blank=True)
    measure_unit = FreeLineField("enhet", max_length=60, blank=True)
    baseline = models.DecimalField("utgångsvärde", max_digits=14, decimal_places=3, null=True, blank=True)
    target = models.DecimalField("målvärde", max_digits=14, decimal_places=3, null=True, blank=True)
    priority_area = models.ForeignKey(
        "priorities.PriorityArea",
        models.PROTECT,
        related_name="activities",
        verbose_name="prioriterat område",
    )
    focus_areas = models.ManyToManyField(
        "priorities.FocusArea", blank=True, related_name="activities", verbose_name="geografiska områden"
    )
    needs = models.ManyToManyField(
        "priorities.Need", blank=True, related_name="activities", verbose_name="behov"
    )
    lead = models.ForeignKey(
        "parties.Party", models.PROTECT, related_name="led_activities", verbose_name="ansvarig part"
    )
    unit = models.ForeignKey(
        "parties.Unit", models.PROTECT, null=True, blank=True, related_name="activities", verbose_name="enhet"
    )
    owner_title = FreeLineField("ansvarig funktion", max_length=200, blank=True)
    reporters = models.ManyToManyField(
        "parties.User", blank=True, related_name="reported_activities", verbose_name="rapportörer"
    )
    contributors = models.ManyToManyField(
        "parties.Party",
        through="Contribution",
        related_name="contributed_activities",
        verbose_name="medverkande parter",
    )
    starts_on = models.DateField("startdatum")
    ends_on = models.DateField("slutdatum")
    is_recurring = models.BooleanField("återkommande", default=False)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="ersätter"
    )
    continues = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="continued_by", verbose_name="följer på"
    )
    is_internal = models.BooleanField(
        "intern", default=False, help_text="Visas inte i rapporter eller för andra parter."
    )
    kind = models.CharField("slag", max_length=20, choices=Kind, blank=True)
    effect_horizon = models.CharField("effekt på", max_length=10, choices=Horizon, blank=True)
    preparation = models.CharField("beredning", max_length=10, choices=Preparation, default=Preparation.DRAFT)
    return_reason = FreeTextField("varför den återlämnades", blank=True)
    replace_reason = FreeTextField("varför den ersätter en annan", blank=True)
    lead_yes_on = models.DateField("ansvarig part sade ja", null=True, blank=True)
    coordinator_yes_on = models.DateField("samordnaren sade ja", null=True, blank=True)
    version = models.PositiveIntegerField("version", default=1, editable=False)
    submission_key = models.UUIDField(
        "formulärets nyckel", null=True, blank=True, unique=True, editable=False
    )  # a form sent twice makes one draft

    if (
        TYPE_CHECKING
    ):  # what the querysets annotate and fetch: `as_of`, `with_flags`, `with_newest_days`, the rooms
        state: str
        newest_id: int | None
        newest: FollowUp | None
        sought: list[Any]
        hit: Any  # of a search
        newest_on: date | None
        newest_saved_at: datetime | None
        is_overdue: bool
        is_late_start: bool
        is_not_updated: bool
        is_mine: bool
        round_asks: bool
        last_follow_up_id: int | None
        confirmed_on: date | None
        declined_on: date | None
        is_of_a_party: bool
        has_question: bool
        counting: list[FollowUp]
        past: Any

    objects = ActivityQuerySet.as_manager()
    history = PlanHistory(m2m_fields=[focus_areas, needs], unkept=["submission_key"])

    class Meta:
        verbose_name = "aktivitet"
        verbose_name_plural = "aktiviteter"
        ordering = ["agreement", "number"]
        constraints = [
            models.UniqueConstraint(
                "agreement", "number", name="activity_has_a_number_of_its_own_within_its_agreement"
            ),
            models.CheckConstraint(
                name="activity_ends_no_earlier_than_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(name="activity_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="activity_is_agreed_once_both_have_said_yes",
                condition=Q(
                    preparation__in=[states.Preparation.DRAFT, states.Preparation.RETURNED], **_NEITHER
                )
                | Q(Q(**_ONLY_LEAD) | Q(**_ONLY_COORDINATOR), preparation=states.Preparation.PROPOSED)
                | Q(preparation=states.Preparation.AGREED, **_BOTH),
            ),
            models.CheckConstraint(
                name="activity_that_was_returned_says_why",
                condition=~Q(preparation=states.Preparation.RETURNED) | ~Q(return_reason=""),
            ),
            models.CheckConstraint(
                name="activity_that_replaces_another_says_why",
                condition=Q(replaces=None) | ~Q(replace_reason=""),
            ),
            *within_limits("activity", "purpose", "goal", "return_reason", "replace_reason"),
        ]
        indexes = [
            models.Index(fields=["agreement", "preparation", "is_internal"], name="activity_by_visibility"),
            models.Index(fields=["lead", "agreement"], name="activity_by_lead"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of(self.agreement.slug, self.number)

    @property
    def places(self) -> str:
        """`Flemingsberg, Skogås`, or `Hela kommunen` without any. Needs `focus_areas__place` prefetched."""
        return ", ".join(area.place.name for area in self.focus_areas.all()) or "Hela kommunen"

    @property
    def is_agreed(self) -> bool:
        return self.preparation == self.Preparation.AGREED

    @property
    def is_proposed(self) -> bool:
        return self.preparation == self.Preparation.PROPOSED

    @property
    def is_being_drafted(self) -> bool:
        """A draft or returned: neither side has said yes to it."""
        return self.preparation in {self.Preparation.DRAFT, self.Preparation.RETURNED}

    @property
    def waits_for_lead(self) -> bool:
        """Proposed by the coordinator: the lead party has not answered."""
        return self.is_proposed and self.lead_yes_on is None

    @property
    def waits_for_coordinator(self) -> bool:
        """Proposed by the lead party: the coordinator has not answered."""
        return self.is_proposed and self.coordinator_yes_on is None


class Contribution(models.Model):
    """What a contributing party does in another party's activity.

    `confirmed_on` is None until the party confirms the text. A party that will not contribute declines with a reason, and is
    no longer asked until the coordinator asks again.
    """

    activity = models.ForeignKey(
        "Activity", models.CASCADE, related_name="contributions", verbose_name="aktivitet"
    )
    party = models.ForeignKey(
        "parties.Party", models.PROTECT, related_name="contributions", verbose_name="medverkande part"
    )
    what = FreeTextField("bidrag", blank=True)
    confirmed_on = models.DateField("bekräftad av parten", null=True, blank=True)
    declined_on = models.DateField("tackade nej", null=True, blank=True)
    decline_reason = FreeTextField("varför parten tackade nej", blank=True)

    if TYPE_CHECKING:
        past: Any  # the history, which simple-history adds

    objects = ContributionQuerySet.as_manager()
    history = PlanHistory()

    class Meta:
        verbose_name = "medverkan"
        verbose_name_plural = "medverkan"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint("activity", "party", name="party_contributes_once_to_an_activity"),
            models.CheckConstraint(
                name="contribution_that_is_declined_says_why",
                condition=Q(declined_on=None, decline_reason="")
                | (Q(declined_on__isnull=False) & ~Q(decline_reason="")),
            ),
            models.CheckConstraint(
                name="contribution_is_confirmed_or_declined",
                condition=Q(confirmed_on=None) | Q(declined_on=None),
            ),
            *within_limits("contribution", "what", "decline_reason"),
        ]

    def __str__(self) -> str:
        return str(self.party)

    @property
    def stands(self) -> bool:
        """Whether the party has not declined, as `ContributionQuerySet.standing`."""
        return self.declined_on is None

    @property
    def is_unanswered(self) -> bool:
        return self.stands and self.confirmed_on is None


class Milestone(models.Model):
    """A milestone (delmål). `ticked_by` is the follow-up that ticked it: undoing that one unticks the milestone."""

    activity = models.ForeignKey(
        "Activity", models.CASCADE, related_name="milestones", verbose_name="aktivitet"
    )
    title = FreeLineField("delmål", max_length=200)
    due_on = models.DateField("klart senast")
    done_on = models.DateField("klart", null=True, blank=True)
    ticked_by = models.ForeignKey(
        "FollowUp", models.PROTECT, null=True, blank=True, related_name="ticked", editable=False
    )

    objects = MilestoneQuerySet.as_manager()
    history = PlanHistory()

    class Meta:
        verbose_name = "delmål"
        verbose_name_plural = "delmål"
        ordering = ["activity", "due_on", "pk"]
        constraints = [models.CheckConstraint(name="milestone_has_a_title", condition=~Q(title=""))]

    def __str__(self) -> str:
        return self.title
