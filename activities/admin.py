"""Read-only lists of activities, follow-ups, rounds, mail and the plans' history in the administration."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Exists, OuterRef, QuerySet

from activities.history.changes import LABELS
from activities.models import Activity, Contribution, FollowUp, Mail, Milestone, Question, Round
from activities.querysets import AGREED
from activities.reading import record_reading
from parties.masking.administration import Maskable
from priorities.models import Agreement
from samverkan.lib.administration import History, Rows
from samverkan.lib.dates import in_words

HistoricalActivity: Any = Activity.history.model
HistoricalContribution: Any = Contribution.history.model
HistoricalMilestone: Any = Milestone.history.model


class NamedAsInTheForm(Maskable):
    """Names a plan's fields as the form for it does."""

    def label(self, name: str) -> str:
        return LABELS.get(name) or super().label(name)


@admin.register(Activity)
class ActivityAdmin(NamedAsInTheForm):
    """Agreed activities only: drafts and proposals are for their parties and the coordinator."""

    list_display = ("number", "title", "lead", "agreement", "starts_on", "ends_on")
    list_display_links = ("title",)
    list_filter = ("agreement", "lead", "is_internal")
    list_select_related = ("lead", "agreement", "priority_area", "unit", "replaces", "continues")
    search_fields = ("title", "goal", "purpose", "owner_title", "lead__name")
    facts = (
        "agreement", "number", "title", "purpose", "goal", "measure", "measure_unit", "baseline", "target",
        "priority_area", "focus_areas", "needs", "lead", "unit", "owner_title", "reporters", "starts_on", "ends_on",
        "is_recurring", "replaces", "continues", "is_internal", "kind", "effect_horizon", "preparation",
    )  # fmt: skip
    children: ClassVar[dict[str, tuple[str, ...]]] = {
        "contributions": ("party", "what"),
        "milestones": ("title", "due_on", "done_on"),
    }

    def was_read(self, row: Activity, *, by: Any) -> None:
        record_reading(row, by=by)


@admin.register(FollowUp)
class FollowUpAdmin(Maskable):
    list_display = ("activity", "party", "refers_on", "status", "assessment", "saved_at")
    list_filter = ("voice", "status", "assessment", "party")
    list_select_related = ("activity", "party", "round", "author", "replaces")
    search_fields = ("activity__title", "what_happened", "needed", "party__name")
    unshown = ("id", "submission_key")

    def title_of(self, row: FollowUp) -> str:
        return f"{row.activity}, {in_words(row.refers_on)}"

    def copies_of(self, row: FollowUp, field: str) -> list[Any]:
        """An unchanged follow-up repeats what the one before it needed."""
        same = {field: getattr(row, field)}
        return list(FollowUp.objects.filter(activity=row.activity_id, **same))


@admin.register(Round)
class RoundAdmin(Rows):
    unshown = ("id", "version")
    list_display = ("label", "agreement", "as_of", "opens_on", "due_on", "closed_on")
    list_filter = ("agreement",)
    list_select_related = ("agreement",)
    search_fields = ("label",)

    def visible_to(self, user: Any) -> QuerySet[Any]:
        return Round.objects.filter(agreement__in=Agreement.objects.visible_to(user))


@admin.register(Question)
class QuestionAdmin(Maskable):
    list_display = ("text", "asked_by_title", "asked_at", "taken_back_at")
    list_select_related = ("follow_up", "asked_by")
    search_fields = ("text",)

    def visible_to(self, user: Any) -> QuerySet[Any]:
        return Question.objects.filter(follow_up__in=FollowUp.objects.visible_to(user))


@admin.register(Mail)
class MailAdmin(Rows):
    """The log of the rounds' mail. For administrators, unlike the log's page, which is for coordinators."""

    plural = "omgångarnas mejl"
    list_display = ("subject", "person", "day", "sent_at", "fault")
    list_display_links = ("subject",)
    list_select_related = ("person",)
    search_fields = ("subject", "person__email", "person__display_name")
    facts = ("person", "day", "subject", "text", "sent_at", "tries", "fault")
    children: ClassVar[dict[str, tuple[str, ...]]] = {"reasons": ("round", "occasion", "person")}

    def visible_to(self, user: Any) -> QuerySet[Any]:
        rows: QuerySet[Any] = Mail._default_manager.all()
        return rows if user.is_active and user.is_administrator else rows.none()


class OfAgreedPlans(Maskable, History):
    """Hides the records from before the plan was agreed, which only its parties and the coordinator may see."""

    activity: ClassVar[str] = "activity_id"

    def visible_to(self, user: Any) -> QuerySet[Any]:
        agreed = HistoricalActivity.objects.filter(
            AGREED,
            id=OuterRef(self.activity),
            history_date__lte=OuterRef("history_date"),
        )
        visible = Activity.objects.visible_to(user).values("pk")
        rows: QuerySet[Any] = self.model._default_manager.filter(
            Exists(agreed), **{f"{self.activity}__in": visible}
        )
        return rows


@admin.register(HistoricalActivity)
class ActivityHistoryAdmin(NamedAsInTheForm, OfAgreedPlans):
    plural = "aktiviteternas historik"
    activity = "id"
    list_display = ("title", *History.list_display)
    list_select_related = (
        "history_user",
        "agreement",
        "lead",
        "unit",
        "priority_area",
        "replaces",
        "continues",
    )
    search_fields = ("title",)
    unshown = (*History.unshown, "return_reason", "submission_key")

    def visible_to(self, user: Any) -> QuerySet[Any]:
        return super().visible_to(user).filter(AGREED)


@admin.register(HistoricalContribution)
class ContributionHistoryAdmin(OfAgreedPlans):
    plural = "medverkans historik"
    list_display = ("party", "activity", *History.list_display)
    list_select_related = ("party", "activity", "history_user")
    search_fields = ("what",)


@admin.register(HistoricalMilestone)
class MilestoneHistoryAdmin(OfAgreedPlans):
    plural = "delmålens historik"
    list_display = ("title", "activity", *History.list_display)
    list_select_related = ("activity", "history_user")
    search_fields = ("title",)
