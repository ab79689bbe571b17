"""The administration's lists of places, sources, agreements, needs, lägesbilder and their history."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from parties.masking.administration import Maskable
from parties.models import Declaration, User
from parties.querysets import is_shut_out
from priorities.models import (
    Agreement,
    AgreementAttachment,
    AgreementParty,
    Need,
    Place,
    SituationalPicture,
    Source,
)
from priorities.places import actions
from priorities.places.actions import change_place, change_source
from priorities.places.forms import PlaceForm, SourceForm
from samverkan.lib.administration import History, Kept
from samverkan.lib.db import in_swedish_order

HistoricalDeclaration: Any = Declaration.history.model
HistoricalAgreement: Any = Agreement.history.model
HistoricalAttachment: Any = AgreementAttachment.history.model
HistoricalMembership: Any = AgreementParty.history.model
HistoricalNeed: Any = Need.history.model
HistoricalPicture: Any = SituationalPicture.history.model


class SharedListAdmin(Kept):
    """A list that outlives agreements. Everyone may read it, except users who are shut out."""

    search_fields: ClassVar[tuple[str, ...]] = ("name",)

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return [in_swedish_order("name"), "pk"]

    def visible_to(self, user: Any) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.all()
        return rows.none() if is_shut_out(user) else rows


@admin.register(Place)
class PlaceAdmin(SharedListAdmin):
    form = PlaceForm
    saved_text = "Platsen {} är sparad."
    list_display = ("name", "district", "external_code")
    search_fields = ("name", "district", "external_code")

    def add(self, *, by: User, fields: dict[str, Any]) -> Place:
        return actions.add_place(by=by, **fields)

    def change(self, row: Place, *, by: User, fields: dict[str, Any]) -> Place:
        return change_place(by=by, place=row, **fields)


@admin.register(Source)
class SourceAdmin(SharedListAdmin):
    form = SourceForm
    saved_text = "Källan {} är sparad."
    list_display = ("name", "publisher", "kind")
    list_filter = ("kind",)
    search_fields = ("name", "publisher")

    def add(self, *, by: User, fields: dict[str, Any]) -> Source:
        return actions.add_source(by=by, **fields)

    def change(self, row: Source, *, by: User, fields: dict[str, Any]) -> Source:
        return change_source(by=by, source=row, **fields)


@admin.register(Agreement)
class AgreementAdmin(Maskable):
    list_display = ("title", "starts_on", "ends_on", "status")
    list_filter = ("status",)
    list_select_related = ("declaration", "matter", "predecessor")
    search_fields = ("title", "slug")
    children: ClassVar[dict[str, tuple[str, ...]]] = {
        "memberships": ("party", "joined_on", "left_on", "signed_on", "title"),
        "priority_areas": ("order", "name", "effect_goal"),
        "focus_areas": ("order", "place"),
        "attachments": ("number", "title"),
    }


@admin.register(Need)
class NeedAdmin(Maskable):
    list_display = ("number", "problem", "priority_area", "agreement")
    list_display_links = ("problem",)
    list_filter = ("agreement",)
    list_select_related = ("priority_area", "agreement", "predecessor")
    search_fields = ("problem", "affected", "causes")
    facts = (
        "agreement", "number", "problem", "affected", "causes", "priority_area", "places", "sources", "predecessor",
        "outcome",
    )  # fmt: skip


@admin.register(SituationalPicture)
class PictureAdmin(Maskable):
    list_display = ("year", "title", "status", "adopted_on")
    list_display_links = ("title",)
    list_filter = ("status",)
    search_fields = ("title", "mapping", "other_information", "analysis")
    facts = (
        "year", "title", "status", "adopted_on", "participants", "mapping", "other_information", "analysis",
    )  # fmt: skip
    children: ClassVar[dict[str, tuple[str, ...]]] = {
        "uses": ("source", "period", "retrieved_on", "limitations"),
        "attachments": ("number", "title"),
    }


@admin.register(HistoricalDeclaration)
class DeclarationHistoryAdmin(Maskable, History):
    plural = "avsiktsförklaringarnas historik"
    list_display = ("title", *History.list_display)
    list_select_related = ("history_user", "matter", "predecessor")
    search_fields = ("title",)

    def visible_to(self, user: Any) -> QuerySet[Any]:
        rows: QuerySet[Any] = HistoricalDeclaration.objects.all()
        return rows.none() if is_shut_out(user) else rows


@admin.register(HistoricalAgreement)
class AgreementHistoryAdmin(Maskable, History):
    plural = "överenskommelsernas historik"
    list_display = ("title", "status", *History.list_display)
    list_select_related = ("history_user", "declaration", "matter", "predecessor")
    search_fields = ("title",)

    def visible_to(self, user: Any) -> QuerySet[Any]:
        return HistoricalAgreement.objects.filter(id__in=Agreement.objects.visible_to(user).values("pk"))


class OfVisibleAgreements(Maskable, History):
    """The records of what belongs to the agreements that the user sees."""

    def visible_to(self, user: Any) -> QuerySet[Any]:
        visible = Agreement.objects.visible_to(user).values("pk")
        rows: QuerySet[Any] = self.model._default_manager.filter(agreement__in=visible)
        return rows


@admin.register(HistoricalMembership)
class MembershipHistoryAdmin(OfVisibleAgreements):
    plural = "underskrifternas historik"
    list_display = ("party", "agreement", "signed_on", *History.list_display)
    list_select_related = ("party", "agreement", "history_user")
    search_fields = ("title",)


@admin.register(HistoricalAttachment)
class AttachmentHistoryAdmin(OfVisibleAgreements):
    plural = "bilagornas historik"
    list_display = ("title", "number", "agreement", *History.list_display)
    list_select_related = ("agreement", "history_user")
    search_fields = ("title",)


@admin.register(HistoricalNeed)
class NeedHistoryAdmin(Maskable, History):
    plural = "behovens historik"
    list_display = ("problem", *History.list_display)
    list_select_related = ("history_user", "agreement", "priority_area", "predecessor")
    search_fields = ("problem",)

    def visible_to(self, user: Any) -> QuerySet[Any]:
        return HistoricalNeed.objects.filter(id__in=Need.objects.visible_to(user).values("pk"))


@admin.register(HistoricalPicture)
class PictureHistoryAdmin(Maskable, History):
    """Versions from the adoption onwards. Earlier ones are for those who wrote them."""

    plural = "lägesbildernas historik"
    list_display = ("title", "status", *History.list_display)
    list_select_related = ("history_user",)
    search_fields = ("title",)

    def visible_to(self, user: Any) -> QuerySet[Any]:
        visible = SituationalPicture.objects.visible_to(user)
        return HistoricalPicture.objects.filter(
            id__in=visible.values("pk"), status=SituationalPicture.Status.ADOPTED
        )
