"""*Rapporter*: choose a day and what to cover, preview the report, download it as a PDF."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from activities import policies, reports
from activities.reports.forms import ReportForm
from parties import audit
from parties.audit import Act
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
    return _choose(request, ReportForm(agreement=agreement, today=clock.today(), suggested=request.GET))


@require_safe
def report_preview(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    agreement = _agreement(request, agreement_slug)
    form = ReportForm(request.GET, agreement=agreement, today=clock.today())
    if not form.is_valid():
        return _choose(request, form, status=400)
    if "omfattning" in request.GET:
        return redirect(f"{reverse('report_preview', args=[agreement.slug])}?{form.address}")
    return TemplateResponse(request, "activities/reports/preview.html", {"report": _made(form)})


@require_safe
def report_pdf(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    agreement = _agreement(request, agreement_slug)
    form = ReportForm(request.GET, agreement=agreement, today=clock.today())
    if not form.is_valid():
        return _choose(request, form, status=400)
    if "omfattning" in request.GET:
        return redirect(f"{reverse('report_pdf', args=[agreement.slug])}?{form.address}")
    made = _made(form)
    try:
        file = reports.as_pdf(made)
    except PdfError:
        form.add_error(None, PDF_FAILED)
        return _choose(request, form, status=503)
    name = reports.file_name(made)
    audit.record(Act.EXPORTED, by=request.user, of=agreement, label=name)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(file, content_type="application/pdf", headers=headers)


def _agreement(request: SignedInRequest, slug: str) -> Agreement:
    """The agreement in the address. Raises Http404, and PermissionDenied when the user may not read reports."""
    agreement = agreement_or_404(request, slug)
    require(policies.can_read_reports(request.user))
    return agreement


def _made(form: ReportForm) -> reports.Report:
    """The report that a valid form asks for."""
    day, scope = form.cleaned_data["per"], form.cleaned_data["omfattning"]
    return reports.gather(form.agreement, as_of=day, made_on=form.today, scope=scope)


def _choose(request: SignedInRequest, form: ReportForm, status: int = 200) -> HttpResponse:
    """The page with the form. Keeps what was typed beside the error messages."""
    context = {
        "form": form,
        "agreement": form.agreement,
        "phases": reports.opened_rounds(form.agreement, today=form.today),
        "today": form.today,
        "has_begun": form.today >= form.agreement.starts_on,
    }
    return TemplateResponse(request, "activities/reports/choose.html", context, status=status)
