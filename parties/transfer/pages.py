"""Which pages let a list out as a file, and in? A file is shown row by row before anything of it is saved."""

import io
from collections.abc import Callable
from typing import IO, Any, ClassVar

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.views.decorators.http import require_http_methods, require_safe

from parties.transfer.forms import ConfirmForm, FileForm
from parties.transfer.preview import Preview
from parties.transfer.resource import Tabular
from parties.transfer.table import Table
from samverkan.lib import clock
from samverkan.lib.administration import Kept
from samverkan.lib.spreadsheets import CSV_TYPE, XLSX_TYPE, Sheet, write_csv, write_xlsx

WRITERS: dict[str, tuple[Callable[[IO[bytes], Sheet], None], str]] = {
    "xlsx": (write_xlsx, XLSX_TYPE),
    "csv": (write_csv, CSV_TYPE),
}
ONE_HOUR = 60 * 60
MAX_SIGNED = 2_000_000  # what a form may send, see DATA_UPLOAD_MAX_MEMORY_SIZE
TOO_LONG = "Filen är för stor för att läsas in på en gång. Dela upp den i flera."
CHANGED = "Uppgifterna har ändrats sedan du granskade filen. Granska igen: så här blir det nu."


class Transferred(Kept):
    """A list with *Exportera* and *Importera*; `resource` says how its rows look in a file."""

    resource: ClassVar[type[Tabular]]
    change_list_template = "administration/transferred.html"

    def more_urls(self) -> list[URLPattern]:
        return [
            *super().more_urls(),
            self.page("export.<str:ending>", require_safe(self.export), "export"),
            self.page(
                "importera/", require_http_methods(["GET", "HEAD", "POST"])(self.import_file), "import"
            ),
        ]

    def export(self, request: HttpRequest, ending: str) -> HttpResponse:
        """The whole list as Excel or CSV, as it can be read in again."""
        if ending not in WRITERS:
            raise Http404
        write, content_type = WRITERS[ending]
        resource, file = self.resource(request.user), io.BytesIO()  # type: ignore[arg-type] # signed in
        write(file, resource.sheet(resource.rows()))
        name = f"{self.address}-{clock.today():%Y-%m-%d}.{ending}"
        return HttpResponse(
            file.getvalue(),
            content_type=content_type,
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )

    def import_file(self, request: HttpRequest) -> HttpResponse:
        """Asks for a file, shows what it would do, and does it once that has been looked at."""
        if "signed" in request.POST:
            return self._confirm(request)
        sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        form = FileForm(*sent, resource=self.resource)
        if form.is_valid():
            return self._show(request, form.cleaned_data["file"])
        return self._page(request, {"form": form})

    def _show(self, request: HttpRequest, table: Table) -> HttpResponse:
        preview = self._resource(request).check(table)
        signed = (
            ""
            if preview.faulty
            else self._signer(request).sign_object(
                {"headers": table.headers, "rows": table.rows, "digest": preview.digest}, compress=True
            )
        )
        if len(signed) > MAX_SIGNED:
            form = FileForm({}, {}, resource=self.resource)
            form.errors.clear()
            form.add_error("file", ValidationError(TOO_LONG))
            return self._page(request, {"form": form})
        return self._page(request, {"preview": preview, "signed": signed})

    def _confirm(self, request: HttpRequest) -> HttpResponse:
        form = ConfirmForm(request.POST)
        try:
            sent = self._signer(request).unsign_object(request.POST["signed"], max_age=ONE_HOUR)
        except signing.BadSignature:
            messages.error(request, "Filen har legat för länge. Välj den igen.")
            return redirect(request.path)
        table = Table(sent["headers"], [(number, cells) for number, cells in sent["rows"]])
        if self._resource(request).check(table).digest != sent["digest"]:
            messages.error(request, CHANGED)
            return self._show(request, table)
        done = self._save(request, table, invite=form.is_valid() and form.cleaned_data["invite"])
        if done.faulty:
            return self._page(request, {"preview": done, "signed": ""})
        messages.success(request, f"Importen är klar: {len(done.new)} nya och {len(done.changed)} ändrade.")
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")

    def _save(self, request: HttpRequest, table: Table, *, invite: bool) -> Preview:
        """All or nothing; mails leave when all is saved."""
        resource = self._resource(request)
        with transaction.atomic():
            done = resource.save_all(table)
            if not done.faulty:
                resource.after_saving(at=clock.now(), invite=invite)
        return done

    def _resource(self, request: HttpRequest) -> Tabular:
        resource = self.resource(request.user)  # type: ignore[arg-type] # signed in
        resource.learn()
        return resource

    def _signer(self, request: HttpRequest) -> signing.TimestampSigner:
        """What is signed is of use to this person, for this list, and to nobody else."""
        return signing.TimestampSigner(salt=f"import:{self.opts.label}:{request.user.pk}")

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
