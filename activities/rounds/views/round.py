"""One round: how far each party has come, and closing it."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from activities import policies
from activities.rounds import pages
from activities.rounds.desk import Desk
from activities.rounds.forms import (
    CloseRoundForm,
)
from activities.rounds.views.agreement import readable_agreement, refuse_archived
from parties.requests import SignedInRequest
from samverkan.lib import clock


@require_safe
def round(request: SignedInRequest, agreement_slug: str, as_of: date) -> HttpResponse:
    """How far each party has come, what is missing, and the follow-ups."""
    agreement = readable_agreement(request, agreement_slug)
    page = pages.RoundPage.of(request.user, agreement, as_of, clock.today())
    context = {
        "page": page,
        "agreement": agreement,
        "desk": Desk.of(request.user, page.round, page.parties, request.GET),
        "may_keep": policies.can_keep_rounds(request.user, agreement),
        "may_report": page.phase.has_ended and policies.can_make_reports(request.user),
    }
    return TemplateResponse(request, "activities/rounds/round.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def close_round(request: SignedInRequest, agreement_slug: str, as_of: date) -> HttpResponse:
    """Shows what is missing, then closes; shows it again when something changed since the page was opened."""
    agreement, today = readable_agreement(request, agreement_slug), clock.today()
    page = pages.RoundPage.of(request.user, agreement, as_of, today)
    if not page.phase.is_open:
        report = messages.success if page.phase.is_closed and request.method == "POST" else messages.error
        report(request, page.why_not_closed)
        return redirect(page.round)
    if agreement.is_archived:
        return refuse_archived(request, agreement)
    sent = request.POST if request.method == "POST" else None
    form = CloseRoundForm(sent, round=page.round, seen=page.token)
    if sent is not None and form.save(by=request.user, today=today):
        messages.success(request, f"{page.round.label} är stängd.")
        return redirect(page.round)
    context = {"form": form, "page": page, "agreement": agreement}
    return TemplateResponse(request, "activities/rounds/close.html", context)
