"""A list of the administration with export and import. An import shows what it would change before saving it."""

import io
from typing import Any, ClassVar

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.views.decorators.http import require_http_methods, require_safe

from samverkan.lib import clock
from samverkan.lib.administration.kept import FORM_METHODS, Kept
from samverkan.lib.numbers import counted
from samverkan.lib.spreadsheets import WRITERS
from samverkan.lib.tables import FileForm, Importer, Table, TableResource, TooLong

TOO_OLD = "Filen har legat för länge. Välj den igen."
CHANGED = "Uppgifterna har ändrats sedan du granskade filen. Granska igen: så här blir det nu."


class Transferred(Kept):
    """A list with *Exportera* and *Importera*. `resource` maps rows to a file; `add_label` is the text of the add button."""

    resource: ClassVar[type[TableResource]]
    add_label: ClassVar[str] = "Lägg till"
    change_list_template = "administration/transferred.html"

    def more_urls(self) -> list[URLPattern]:
        methods = require_http_methods(FORM_METHODS)
        return [
            *super().more_urls(),
            self.page("export.<str:ending>", require_safe(self.export), "export"),
            self.page("importera/", methods(self.import_file), "import"),
        ]

    def export(self, request: HttpRequest, ending: str) -> HttpResponse:
        """The whole list as Excel or CSV, in the columns that the import reads."""
        if ending not in WRITERS:
            raise Http404
        write, content_type = WRITERS[ending]
        resource, file = self.resource(request.user), io.BytesIO()
        write(file, resource.sheet(resource.rows()))
        resource.after_export(ending=ending)
        name = f"{self.address}-{clock.today():%Y-%m-%d}.{ending}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(file.getvalue(), content_type=content_type, headers=headers)

    def import_file(self, request: HttpRequest) -> HttpResponse:
        """The import's three steps: choosing a file, the preview, and saving after the confirmation."""
        if "signed" in request.POST:
            return self._confirm(request)
        sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        form = FileForm(*sent, resource=self.resource)
        if form.is_valid():
            return self._show(request, form.cleaned_data["file"])
        return self._page(request, {"form": form})

    def _show(self, request: HttpRequest, table: Table) -> HttpResponse:
        importer = self._importer(request)
        preview = importer.preview(table)
        try:
            signed = importer.signed(table, preview)
        except TooLong as refused:
            form = FileForm({}, {}, resource=self.resource)
            form.errors.clear()
            form.add_error("file", str(refused))
            return self._page(request, {"form": form})
        return self._page(request, {"preview": preview, "signed": signed})

    def _confirm(self, request: HttpRequest) -> HttpResponse:
        importer = self._importer(request)
        try:
            shown = importer.opened(request.POST["signed"])
        except signing.BadSignature:
            messages.error(request, TOO_OLD)
            return redirect(request.path)
        if importer.preview(shown.table).digest != shown.digest:
            messages.error(request, CHANGED)
            return self._show(request, shown.table)
        form = self.resource.confirm_form(request.POST)
        done = importer.save(shown.table, at=clock.now(), chosen=form.cleaned_data if form.is_valid() else {})
        if done.faulty:
            return self._page(request, {"preview": done, "signed": ""})
        new, changed = counted(len(done.new), "ny", "nya"), counted(len(done.changed), "ändrad", "ändrade")
        messages.success(request, f"Importen är klar: {new} och {changed}.")
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def _importer(self, request: HttpRequest) -> Importer:
        return Importer(self.resource, by=request.user, purpose=self.opts.label)

    def _page(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        return TemplateResponse(
            request,
            "administration/import.html",
            {
                **self.admin_site.each_context(request),
                "opts": self.opts,
                "rows": self,
                "resource": self.resource,
                "required": self.resource.required,
                "columns": list(self.resource.columns()),
                **context,
            },
        )
