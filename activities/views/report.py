"""*Rapporter*: choose a day, look at the report, take it home as a PDF."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from activities import policies, reports
from activities.report_forms import ChooseDayForm
from parties.requests import SignedInRequest
from priorities.models import Agreement
from priorities.which import agreement_or_404
from samverkan.lib import clock
from samverkan.lib.access import require
from samverkan.lib.pdf import PdfError

PDF_FAILED = "PDF-filen gick inte att göra just nu. Försök igen om en stund, eller läs rapporten under Förhandsgranska."


@require_safe
def report(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    agreement = _agreement(request, agreement_slug)
    return _choose(request, agreement, ChooseDayForm(agreement=agreement, today=clock.today()))


@require_safe
def report_preview(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    agreement = _agreement(request, agreement_slug)
    form = ChooseDayForm(request.GET, agreement=agreement, today=clock.today())
    if not form.is_valid():
        return _choose(request, agreement, form, status=400)
    made = reports.gather(agreement, as_of=form.cleaned_data["per"], made_on=clock.today())
    return TemplateResponse(request, "activities/report/preview.html", {"report": made})


@require_safe
def report_pdf(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    agreement = _agreement(request, agreement_slug)
    form = ChooseDayForm(request.GET, agreement=agreement, today=clock.today())
    if not form.is_valid():
        return _choose(request, agreement, form, status=400)
    made = reports.gather(agreement, as_of=form.cleaned_data["per"], made_on=clock.today())
    try:
        file = reports.as_pdf(made)
    except PdfError:
        form.add_error(None, PDF_FAILED)
        return _choose(request, agreement, form, status=503)
    headers = {
        "Content-Disposition": f'attachment; filename="{reports.file_name(made)}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(file, content_type="application/pdf", headers=headers)


def _agreement(request: SignedInRequest, slug: str) -> Agreement:
    """The agreement of the address, for whoever makes reports. Raises Http404 and PermissionDenied."""
    agreement = agreement_or_404(request, slug)
    require(policies.can_make_reports(request.user))
    return agreement


def _choose(
    request: SignedInRequest, agreement: Agreement, form: ChooseDayForm, status: int = 200
) -> HttpResponse:
    """The page where a day is chosen, with what was written kept beside the sentence that says what is wrong."""
    rounds = reports.opened_rounds(agreement, today=form.today)
    context = {
        "form": form,
        "agreement": agreement,
        "rounds": rounds,
        "today": form.today,
        "has_begun": form.today >= agreement.starts_on,
    }
    return TemplateResponse(request, "activities/report/choose.html", context, status=status)
