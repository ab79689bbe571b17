from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from activities import states
from activities.models.question import Question
from activities.querysets import FollowUpQuerySet
from activities.states import Assessment, Attainment, DecisionLevel, State, Status, Voice
from samverkan.lib import clock
from samverkan.lib.dates import in_words
from samverkan.lib.fields import FreeLineField, FreeTextField, within_limits
from samverkan.lib.numbers import in_unit


def _implies(condition: Q, consequence: Q) -> Q:
    return ~condition | consequence


_WITHDRAWAL = Q(is_withdrawal=True)
_RESPONSIBLE = Q(voice=Voice.RESPONSIBLE, is_withdrawal=False)
_OFF_TRACK = Q(assessment=Assessment.OFF_TRACK)
_SILENT = Q(status="", assessment="", decision_by="", attainment="", actual=None)


class FollowUp(models.Model):
    """What a party reported about an activity, and when. Insert-only: a database lock refuses every change.

    `refers_on` is the day that it speaks of, which its author chose: the open round's or the day of writing. An answer in
    a round speaks of the round's day; a follow-up of another day has no round. Every page dates a follow-up by
    `refers_on`; only the log also says when it was written (`saved_at`). The state on a day is that of the
    responsible party's newest follow-up by (`refers_on`, `saved_at`) up to the day that no correction or withdrawal has
    replaced; the flags are derived from the same one. A contributor's follow-up has no status.

    A correction or a withdrawal is a row of its own that `replaces` an earlier one. The author's title is stored as it
    was; the name is not, since a locked row could not be anonymised when the author leaves. `submission_key` makes a
    form that is sent twice save once.
    """

    Voice = states.Voice

    activity = models.ForeignKey(
        "Activity", models.PROTECT, related_name="follow_ups", verbose_name="aktivitet"
    )
    round = models.ForeignKey(
        "Round", models.PROTECT, null=True, blank=True, related_name="follow_ups", verbose_name="omgång"
    )
    party = models.ForeignKey("parties.Party", models.PROTECT, related_name="follow_ups", verbose_name="part")
    voice = models.CharField(
        "talar som", max_length=12, choices=states.Voice, default=states.Voice.RESPONSIBLE
    )
    author = models.ForeignKey(
        "parties.User", models.PROTECT, related_name="follow_ups", verbose_name="skriven av"
    )
    author_title = FreeLineField("skribentens funktion", max_length=150, blank=True)
    on_behalf = models.BooleanField("skriven åt parten", default=False)
    refers_on = models.DateField("avser")
    saved_at = models.DateTimeField("sparad")
    status = models.CharField("status", max_length=12, choices=Status, blank=True)
    assessment = models.CharField("bedömning", max_length=10, choices=Assessment, blank=True)
    what_happened = FreeTextField("vad har hänt", blank=True)
    needed = FreeTextField("vad behövs för att komma vidare", blank=True)
    decision_by = models.CharField("vem behöver besluta", max_length=16, choices=DecisionLevel, blank=True)
    actual = models.DecimalField("utfall hittills", max_digits=14, decimal_places=3, null=True, blank=True)
    attainment = models.CharField("måluppfyllelse", max_length=14, choices=Attainment, blank=True)
    unchanged = models.BooleanField("oförändrat", default=False)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="ersätter"
    )
    is_withdrawal = models.BooleanField("återtagande", default=False)
    submission_key = models.UUIDField("formulärets nyckel", unique=True)

    if TYPE_CHECKING:  # what `for_log`, `worst_first` and `with_read_by` annotate
        counts: bool
        state_code: str
        is_read: bool

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "uppföljning"
        verbose_name_plural = "uppföljningar"
        ordering = ["-refers_on", "-saved_at", "-pk"]
        indexes = [
            models.Index(
                fields=["activity", "-refers_on", "-saved_at", "-id"], name="follow_up_newest_of_activity"
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="follow_up_speaks_as_responsible_or_contributor",
                condition=Q(voice__in=Voice.values),
            ),
            models.CheckConstraint(
                name="follow_up_of_the_responsible_party_has_a_status",
                condition=_implies(_RESPONSIBLE, Q(status__in=Status.values)),
            ),
            models.CheckConstraint(
                name="follow_up_of_a_contributor_has_no_status",
                condition=_implies(Q(voice=Voice.CONTRIBUTOR), _SILENT),
            ),
            models.CheckConstraint(
                name="follow_up_has_an_assessment_only_while_ongoing",
                condition=Q(status=Status.ONGOING, assessment__in=Assessment.values)
                | (~Q(status=Status.ONGOING) & Q(assessment="")),
            ),
            models.CheckConstraint(
                name="follow_up_off_track_says_what_is_needed_and_who_decides",
                condition=_implies(_OFF_TRACK, ~Q(needed="") & Q(decision_by__in=DecisionLevel.values)),
            ),
            models.CheckConstraint(
                name="follow_up_asks_for_a_decision_only_off_track",
                condition=_implies(~_OFF_TRACK, Q(decision_by="")),
            ),
            models.CheckConstraint(
                name="follow_up_that_leaves_the_plan_or_ends_says_what_has_happened",
                condition=_implies(
                    Q(unchanged=False)
                    & (
                        Q(assessment__in=[Assessment.AT_RISK, Assessment.OFF_TRACK])
                        | Q(status__in=[Status.DONE, Status.CANCELLED])
                    ),
                    ~Q(what_happened=""),
                ),
            ),
            models.CheckConstraint(
                name="follow_up_has_an_attainment_only_once_done",
                condition=Q(status=Status.DONE, attainment__in=Attainment.values)
                | (~Q(status=Status.DONE) & Q(attainment="")),
            ),
            models.CheckConstraint(
                name="follow_up_that_is_withdrawn_replaces_one_and_says_nothing",
                condition=_implies(
                    _WITHDRAWAL,
                    _SILENT & Q(what_happened="", needed="", unchanged=False, replaces__isnull=False),
                ),
            ),
            models.CheckConstraint(
                name="follow_up_of_a_contributor_says_something",
                condition=_implies(Q(voice=Voice.CONTRIBUTOR, is_withdrawal=False), ~Q(what_happened="")),
            ),
            models.UniqueConstraint(
                "replaces", condition=Q(is_withdrawal=True), name="follow_up_is_withdrawn_once"
            ),
            *within_limits("follow_up", "what_happened", "needed"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id}: {self.state.label if self.state else 'medverkan'} {self.refers_on}"

    @property
    def state(self) -> State | None:
        """None for a contributor's follow-up and for a withdrawal."""
        return State.of(self.status, self.assessment) if self.status else None

    @property
    def question(self) -> Question | None:
        """The newest question about it; None without one. One query unless fetched by `with_questions`."""
        return max(self.questions.all(), key=lambda each: each.pk, default=None)

    @property
    def is_asked_about(self) -> bool:
        """Whether its newest question stands, answered or not. One query unless fetched by `with_questions`."""
        return self.question is not None and not self.question.is_taken_back

    @property
    def added_text(self) -> str:
        """What a correction says after the text that it replaces; all of it when that text is not kept as it was."""
        was = self.replaces.what_happened if self.replaces else ""
        return self.what_happened.removeprefix(was).strip()

    @property
    def reason(self) -> str:
        """Why the activity is where it is: what is needed to get on, or else what has happened, or that it does not say."""
        silent = "Inget nytt, läget är oförändrat." if self.unchanged else "Uppföljningen säger inte varför."
        return self.needed or self.what_happened or silent

    @property
    def details(self) -> str:
        """`Delår per 31 augusti 2024 · skrivet 4 september 2024 · utfall 40`. Needs `activity` and `round`."""
        written_on = clock.local(self.saved_at).date()
        parts = [self.round.label] if self.round else []
        parts += [f"skrivet {in_words(written_on)}"] if written_on != self.refers_on else []
        parts += (
            [f"utfall {in_unit(self.actual, self.activity.measure_unit)}"] if self.actual is not None else []
        )
        parts += [f"målet {self.get_attainment_display().lower()}"] if self.attainment else []
        return " · ".join(parts)

    @property
    def speaker(self) -> str:
        """`Områdesutvecklare, Huge`, or `Samordnare åt Huge`, with the title of the time. Needs `author` and `party` fetched."""
        who = self.author_title or self.author.display_name
        return f"{who}{' åt' if self.on_behalf else ','} {self.party.short_name}"
