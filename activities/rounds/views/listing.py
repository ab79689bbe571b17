"""*Uppföljningsomgångar*: the rounds of an agreement, and the suggested ones."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST, require_safe

from activities import policies
from activities.rounds import pages
from activities.rounds.forms import (
    SuggestionForm,
)
from activities.rounds.views.agreement import readable_agreement
from parties.requests import SignedInRequest
from priorities.models import Agreement
from samverkan.lib import clock
from samverkan.lib.access import require


@require_safe
def round_list(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    """The open round, the planned, the ended and the suggested ones."""
    agreement = readable_agreement(request, agreement_slug)
    page = pages.RoundListPage.of(request.user, agreement, clock.today())
    return _show_list(request, agreement, page, SuggestionForm(plans=page.suggestions))


@require_POST
def suggest_rounds(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    """Plans the suggested rounds that are ticked, with the days from the form."""
    agreement, today = readable_agreement(request, agreement_slug), clock.today()
    require(policies.can_keep_rounds(request.user, agreement))
    page = pages.RoundListPage.of(request.user, agreement, today)
    form = SuggestionForm(request.POST, plans=page.suggestions)
    if not page.suggestions:
        messages.success(request, "Omgångarna är redan planerade.")
        return redirect("round_list", agreement.slug)
    if made := form.save(by=request.user, agreement=agreement, today=today):
        messages.success(request, f"Planerat: {', '.join(round.label for round in made)}.")
        return redirect("round_list", agreement.slug)
    return _show_list(request, agreement, page, form)


def _show_list(
    request: SignedInRequest, agreement: Agreement, page: pages.RoundListPage, form: SuggestionForm
) -> HttpResponse:
    may_keep = policies.can_keep_rounds(request.user, agreement)
    context = {"page": page, "form": form, "agreement": agreement, "may_keep": may_keep}
    return TemplateResponse(request, "activities/rounds/list.html", context)
