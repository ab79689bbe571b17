"""The administration's page for masking a text, for the lists whose rows hold texts that nobody can change."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern
from django.views.decorators.http import require_http_methods

from parties.masking.actions import mask_text
from parties.masking.forms import MaskForm
from samverkan.lib import clock
from samverkan.lib.administration import Rows
from samverkan.lib.numbers import counted

MASKED_IN = "Texten är maskerad i {}. Den går inte att få tillbaka."


class Maskable(Rows):
    """A list to read, with a way to mask a text of a row."""

    one_template: ClassVar[str] = "administration/maskable.html"

    def get_urls(self) -> list[URLPattern]:
        first, one = super().get_urls()
        methods = require_http_methods(["GET", "HEAD", "POST"])
        return [first, self.page("<str:object_id>/maskera/", methods(self.mask), "mask"), one]

    def copies_of(self, row: Any, field: str) -> list[Model]:
        """Other rows of the same thing that hold the same text: itself and its history. At most two queries."""
        is_history = hasattr(row, "history_id")
        now = row.instance_type if is_history else type(row)
        key = row.id if is_history else row.pk
        found = list(now._default_manager.filter(pk=key, **{field: getattr(row, field)}))
        if hasattr(now, "history"):
            found += now.history.model._default_manager.filter(id=key, **{field: getattr(row, field)})
        return found

    def mask(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """*Maskera en text*: which one, and why."""
        row = self.get_object_or_404(request, object_id)
        is_sent = request.method == "POST"
        form = MaskForm(
            request.POST if is_sent else None, row=row, names=self.shown_names(row), label=self.label
        )
        if is_sent and form.is_valid() and (count := self._masked(request, row, form)):
            messages.success(request, MASKED_IN.format(counted(count, "rad", "rader")))
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", row.pk)
        context = {
            **self.admin_site.each_context(request),
            "rows": self,
            "row": row,
            "opts": self.opts,
            "title": self.title_of(row),
            "form": form,
        }
        return TemplateResponse(request, "administration/mask.html", context)

    def _masked(self, request: HttpRequest, row: Any, form: MaskForm) -> int:
        """In how many rows the text is masked; 0 when it was refused, which the form says."""
        field, by = form.cleaned_data["field"], request.user
        also = self.copies_of(row, field)
        try:
            return mask_text(
                by=by,  # type: ignore[arg-type] # signed in
                at=clock.now(),
                row=row,
                field=field,
                reason=form.cleaned_data["reason"],
                also=also,
            )
        except ValidationError as refused:
            form.add_error(None, refused)
            return 0
