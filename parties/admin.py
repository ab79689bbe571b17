"""The administration's lists of accounts, parties, their kinds, units, matters, declarations and deputies."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.views.decorators.http import require_POST

from parties import submissions
from parties.accounts.actions import change_user, correct_address, invite_user, resend_invitation
from parties.admin_forms import PartyForm, UnitForm, UserForm
from parties.audit.administration import AuditAdmin
from parties.directory.actions import add_party, add_unit, change_party, change_unit
from parties.directory.administration import PartyKindAdmin
from parties.masking.administration import Maskable
from parties.models import (
    AuditEntry,
    Declaration,
    DeclarationAttachment,
    Deputy,
    Mask,
    Matter,
    MatterPoint,
    Party,
    PartyKind,
    Signatory,
    Unit,
    User,
)
from parties.querysets import is_shut_out
from parties.roles import Role
from parties.transfer.accounts import Accounts
from parties.transfer.parties import Parties
from samverkan.lib import clock
from samverkan.lib.administration import History, Kept, Rows, Transferred, yes_or_no
from samverkan.lib.db import in_swedish_order

HistoricalDeclarationAttachment: Any = DeclarationAttachment.history.model
HistoricalMatter: Any = Matter.history.model
HistoricalMatterPoint: Any = MatterPoint.history.model
HistoricalSignatory: Any = Signatory.history.model

UNSENT = "Mejlet till {} gick inte att skicka. Kontot finns. Öppna det i listan och välj ”Skicka inbjudan igen” om en stund."

admin.site.register(AuditEntry, AuditAdmin)


@admin.register(User)
class UserAdmin(Transferred):
    form = UserForm
    resource = Accounts
    add_label = "Bjud in"
    saved_text = "Kontot {} är sparat."
    change_form_template = "administration/account.html"
    list_display = ("display_name", "email", "party", "role", "account_state")
    list_filter = ("role", "is_active", "party")
    list_select_related = ("party",)
    search_fields = ("display_name", "email", "title", "party__name")

    def first_step(self) -> str:
        has_coordinator = User.objects.filter(role=Role.COORDINATOR, is_active=True).exists()
        return "" if has_coordinator else "Bjud in en samordnare"

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return [in_swedish_order("display_name"), "pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).select_related("party", "unit")

    @admin.display(description="läge")
    def account_state(self, user: User) -> str:
        """Not invited, invited, active or closed."""
        if not user.is_active:
            return "Avslutat"
        if user.has_usable_password():
            return "Aktivt"
        return "Inbjudet, inte inloggat" if user.invited_at else "Inte inbjudet"

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        facts = ["email", "display_name", "title", "party", "unit", "role"]
        return [*facts, "is_active"] if obj else facts

    def add(self, *, by: User, fields: dict[str, Any]) -> User:
        return invite_user(by=by, at=clock.now(), **fields)

    def change(self, row: User, *, by: User, fields: dict[str, Any]) -> User:
        if "email" in fields:
            return correct_address(by=by, user=row, at=clock.now(), **fields)
        return change_user(by=by, user=row, **fields)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        is_moved = change and obj.email != str(form.initial["email"]).lower()
        if is_moved and obj.is_active and obj != request.user:
            request.invited = obj  # type: ignore[attr-defined] # for the message after the commit

    def more_urls(self) -> list[URLPattern]:
        resend = self.page("<str:object_id>/bjud-in/", require_POST(self.resend), "resend")
        return [*super().more_urls(), resend]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Says whether the invitation was sent, which is known only after the commit."""
        response = super().changeform_view(request, object_id, form_url, extra_context)
        if invited := getattr(request, "invited", None):
            self.report_invitation(request, invited, tag=submissions.SAVED)
        return response

    def response_add(
        self, request: HttpRequest, obj: User, post_url_continue: str | None = None
    ) -> HttpResponse:
        request.invited = obj  # type: ignore[attr-defined] # for the message after the commit
        return redirect("admin:parties_user_changelist")

    def resend(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Answers the button *Skicka inbjudan igen*."""
        user: User = self.get_object_or_404(request, object_id)
        try:
            resend_invitation(by=request.user, user=user, at=clock.now())  # type: ignore[arg-type] # signed in
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
        else:
            self.report_invitation(request, user)
        return redirect("admin:parties_user_change", user.pk)

    def report_invitation(self, request: HttpRequest, user: User, *, tag: str = "") -> None:
        user.refresh_from_db(fields=["invited_at"])
        if user.invited_at:
            messages.success(request, f"Inbjudan är skickad till {user.email}.")
        else:
            messages.error(request, UNSENT.format(user.email), tag)


@admin.register(Party)
class PartyAdmin(Transferred):
    form = PartyForm
    resource = Parties
    saved_text = "Parten {} är sparad."
    list_display = ("name", "short_name", "kind_name", "since_year", "is_leading")
    list_filter = ("kind",)
    list_select_related = ("kind",)
    search_fields = ("name", "short_name", "slug")

    def first_step(self) -> str:
        return "" if Party.objects.count() > 1 else "Lägg till parterna"

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return [in_swedish_order("name"), "pk"]

    @admin.display(description="slag", ordering=in_swedish_order("kind__name"))
    def kind_name(self, party: Party) -> str:
        return party.kind.name

    @admin.display(description="leder överenskommelsen")
    def is_leading(self, party: Party) -> str:
        return yes_or_no(party.leads)

    def get_fields(self, request: HttpRequest, obj: Party | None = None) -> Any:
        facts = ["name", "short_name", "kind", "since_year", "leads", "other_names"]
        return facts if obj else [*facts, "slug"]

    def add(self, *, by: User, fields: dict[str, Any]) -> Party:
        return add_party(by=by, **fields)

    def change(self, row: Party, *, by: User, fields: dict[str, Any]) -> Party:
        return change_party(by=by, party=row, **fields)


admin.site.register(PartyKind, PartyKindAdmin)


@admin.register(Unit)
class UnitAdmin(Kept):
    form = UnitForm
    saved_text = "Enheten {} är sparad."
    list_display = ("name", "party")
    list_filter = ("party",)
    list_select_related = ("party",)
    search_fields = ("name", "party__name")

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return [in_swedish_order("name"), "pk"]

    def visible_to(self, user: User) -> QuerySet[Unit]:
        return Unit.objects.filter(party__in=Party.objects.visible_to(user))

    def get_fields(self, request: HttpRequest, obj: Unit | None = None) -> Any:
        return ["name"] if obj else ["party", "name"]

    def add(self, *, by: User, fields: dict[str, Any]) -> Unit:
        return add_unit(by=by, **fields)

    def change(self, row: Unit, *, by: User, fields: dict[str, Any]) -> Unit:
        return change_unit(by=by, unit=row, name=fields.get("name", row.name))


class SharedDocumentAdmin(Rows):
    """Documents that the parties share. Everyone may read them, except users who are shut out."""

    def visible_to(self, user: Any) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model._default_manager.all()
        return rows.none() if is_shut_out(user) else rows


@admin.register(Matter)
class MatterAdmin(SharedDocumentAdmin):
    list_display = ("case_number", "title", "committee", "decided_on")
    search_fields = ("case_number", "title", "committee")
    children: ClassVar[dict[str, tuple[str, ...]]] = {"points": ("number", "text", "assignee")}


@admin.register(Declaration)
class DeclarationAdmin(SharedDocumentAdmin):
    list_display = ("title", "valid_from", "valid_to")
    search_fields = ("title", "purpose")
    list_select_related = ("matter", "predecessor")
    children: ClassVar[dict[str, tuple[str, ...]]] = {
        "signatories": ("party", "signed_on", "title", "case_number", "reason"),
        "attachments": ("number", "title"),
    }


class SharedHistoryAdmin(SharedDocumentAdmin, Maskable, History):
    """The records of what the parties share."""


@admin.register(HistoricalMatter)
class MatterHistoryAdmin(SharedHistoryAdmin):
    plural = "ärendenas historik"
    list_display = ("case_number", "decided_on", "section", *History.list_display)
    search_fields = ("case_number", "title")


@admin.register(HistoricalMatterPoint)
class MatterPointHistoryAdmin(SharedHistoryAdmin):
    plural = "beslutspunkternas historik"
    list_display = ("number", "matter", *History.list_display)
    list_select_related = ("matter", "history_user")
    search_fields = ("text", "assignee")


@admin.register(HistoricalDeclarationAttachment)
class DeclarationAttachmentHistoryAdmin(SharedHistoryAdmin):
    plural = "avsiktsförklaringarnas bilagors historik"
    list_display = ("title", "number", "declaration", *History.list_display)
    list_select_related = ("declaration", "history_user")
    search_fields = ("title",)


@admin.register(HistoricalSignatory)
class SignatoryHistoryAdmin(SharedHistoryAdmin):
    plural = "undertecknarnas historik"
    list_display = ("party", "signed_on", "title", *History.list_display)
    list_select_related = ("party", "declaration", "history_user")
    search_fields = ("title", "case_number")


@admin.register(Deputy)
class DeputyAdmin(Rows):
    list_display = ("person", "deputy", "from_on", "to_on")
    list_select_related = ("person", "deputy")
    search_fields = ("person__display_name", "deputy__display_name")

    def visible_to(self, user: Any) -> QuerySet[Any]:
        return Deputy.objects.filter(person__in=User.objects.visible_to(user))


@admin.register(Mask)
class MaskAdmin(Rows):
    """What has been masked and why, but not the text, which is gone."""

    list_display = ("about", "key", "field", "reason", "masked_by", "masked_at")
    list_select_related = ("masked_by",)
    search_fields = ("reason",)

    def visible_to(self, user: Any) -> QuerySet[Any]:
        rows: QuerySet[Any] = Mask._default_manager.all()
        return rows if user.is_active and user.is_administrator else rows.none()
