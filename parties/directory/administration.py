"""*Slag av parter* in the administration: the list, its form and the button that removes a kind."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.views.decorators.http import require_POST

from parties.directory.actions import add_kind, change_kind, remove_kind
from parties.models import PartyKind, User
from parties.querysets import is_shut_out
from samverkan.lib.administration import ActionForm, Kept
from samverkan.lib.db import in_swedish_order
from samverkan.lib.numbers import written


class KindForm(ActionForm):
    class Meta:
        model = PartyKind
        fields = ("name",)
        help_texts = {
            "name": "Till exempel Region eller Förening. Ett nytt namn gäller för alla parter av slaget."
        }
        error_messages = {"name": {"required": "Skriv vad slaget heter."}}


class PartyKindAdmin(Kept):
    form = KindForm
    saved_text = "Slaget {} är sparat."
    change_form_template = "administration/kind.html"
    list_display = ("name", "used_by")
    search_fields = ("name",)

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        return [in_swedish_order("name"), "pk"]

    def visible_to(self, user: User) -> QuerySet[PartyKind]:
        kinds = PartyKind.objects.annotate(used=Count("parties"))
        return kinds.none() if is_shut_out(user) else kinds

    @admin.display(description="parter")
    def used_by(self, kind: Any) -> str:
        return written(kind.used)

    def add(self, *, by: User, fields: dict[str, Any]) -> PartyKind:
        return add_kind(by=by, **fields)

    def change(self, row: PartyKind, *, by: User, fields: dict[str, Any]) -> PartyKind:
        return change_kind(by=by, kind=row, name=fields.get("name", row.name))

    def more_urls(self) -> list[URLPattern]:
        return [self.page("<str:object_id>/ta-bort/", require_POST(self.remove), "remove")]

    def remove(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Answers the button *Ta bort slaget*."""
        kind: PartyKind = self.get_object_or_404(request, object_id)
        try:
            remove_kind(by=request.user, kind=kind)  # type: ignore[arg-type] # signed in
        except ValidationError as refused:
            messages.error(request, refused.messages[0])
            return redirect("admin:parties_partykind_change", kind.pk)
        messages.success(request, f"Slaget {kind} är borttaget.")
        return redirect("admin:parties_partykind_changelist")
