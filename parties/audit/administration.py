"""*Ändringslogg* in the administration: the list with its filters, the page of an entry, and the export."""

import io
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern
from django.utils.functional import cached_property
from django.views.decorators.http import require_safe

from parties.acts import Act
from parties.audit import entry as written
from parties.audit.export import MOST, sheet_of
from parties.audit.filters import AboutFilter, ActFilter, PeriodFilter
from parties.audit.recording import record
from parties.models import AuditEntry
from samverkan.lib import clock
from samverkan.lib.administration import Rows
from samverkan.lib.numbers import written as number
from samverkan.lib.spreadsheets import WRITERS

CAP = 2_000
OWN_PARAMETERS = {*PeriodFilter.names, ActFilter.parameter_name, AboutFilter.parameter_name}
TOO_MANY = f"Urvalet har fler än {number(MOST)} poster. Välj en kortare tid eller fler filter."


class CappedPaginator(Paginator):
    """Counts no further than CAP, since counting a million entries takes longer than finding fifty."""

    @cached_property
    def count(self) -> int:
        entries: Any = self.object_list
        counted: int = entries.order_by()[: CAP + 1].count()
        return min(counted, CAP)


class AuditAdmin(Rows):
    group = "Läs historiken"
    plural = "ändringslogg"
    paginator = CappedPaginator
    change_list_template = "administration/audit.html"
    one_template = "administration/audit_entry.html"
    list_display = ("when", "what", "about_what", "who", "role_then", "where")
    list_filter = (PeriodFilter, ActFilter, AboutFilter, "account", "party")
    list_select_related = ("account", "party")
    cap: ClassVar[int] = CAP

    def get_ordering(self, request: HttpRequest) -> Any:
        return ["-at", "-pk"]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Allows the parameters of the log's own filters too."""
        return lookup in OWN_PARAMETERS or super().lookup_allowed(lookup, value, request)

    def get_urls(self) -> list[URLPattern]:
        first, *others = super().get_urls()
        return [first, self.page("export.<str:ending>", require_safe(self.export), "export"), *others]

    # --- The list -------------------------------------------------------------------------------------------------
    @admin.display(description="när")
    def when(self, row: AuditEntry) -> str:
        return written.when(row)

    @admin.display(description="händelse")
    def what(self, row: AuditEntry) -> str:
        return str(row.get_act_display())

    @admin.display(description="gäller")
    def about_what(self, row: AuditEntry) -> str:
        return written.called(row, {})

    @admin.display(description="vem")
    def who(self, row: AuditEntry) -> str:
        return written.actor(row)

    @admin.display(description="roll då")
    def role_then(self, row: AuditEntry) -> str:
        return written.role(row)

    @admin.display(description="från adress")
    def where(self, row: AuditEntry) -> str:
        return row.address

    # --- The page of an entry -------------------------------------------------------------------------------------
    def title_of(self, row: AuditEntry) -> str:
        return f"Post {row.pk}: {row.get_act_display()}"

    def facts_of(self, row: AuditEntry) -> list[tuple[str, str]]:
        deputies = written.deputies(row)
        names = written.names_of({*deputies, row.key or 0})
        account = f"{written.actor(row)} (konto {row.account_id})" if row.account_id else written.actor(row)
        return [
            ("När", written.when(row)),
            ("Händelse", f"{row.get_act_display()}. {Act(row.act).meaning}"),
            ("Gäller", written.called(row, names)),
            ("Vem", account),
            ("Roll då", written.role(row)),
            ("Part då", str(row.party or "")),
            ("Ställföreträdare för", ", ".join(names.get(key, f"Konto {key}") for key in deputies)),
            ("Från adress", row.address),
            ("Kommando", row.command),
            ("Begäran", row.request_id),
            ("Avtryck", row.digest),
        ]

    def tables_of(self, row: AuditEntry) -> list[dict[str, Any]]:
        return [{"title": "Ändringar", "headers": ["Vad", "Från", "Till"], "rows": row.changed}]

    # --- The export -----------------------------------------------------------------------------------------------
    def export(self, request: HttpRequest, ending: str) -> HttpResponse:
        """What the list shows with the same filters, as Excel or CSV. Records itself."""
        if ending not in WRITERS:
            raise Http404
        found: QuerySet[AuditEntry] = self.get_changelist_instance(request).queryset
        entries = list(found[: MOST + 1])
        if len(entries) > MOST:
            messages.error(request, TOO_MANY)
            return redirect(f"../?{request.GET.urlencode()}")
        write, content_type = WRITERS[ending]
        file = io.BytesIO()
        write(file, sheet_of(entries))
        name = f"{self.address}-{clock.today():%Y-%m-%d}.{ending}"
        urval = [("urval", "", request.GET.urlencode() or "allt"), ("poster", "", str(len(entries)))]
        record(Act.EXPORTED, by=request.user, label=name, changes=urval)  # type: ignore[arg-type] # signed in
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        }
        return HttpResponse(file.getvalue(), content_type=content_type, headers=headers)
