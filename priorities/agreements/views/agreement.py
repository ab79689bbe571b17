from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from parties.requests import SignedInRequest
from priorities import policies
from priorities.agreements.page import AgreementPage
from priorities.which import agreement_or_404, visible_agreements


@require_safe
def agreement(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    """*Överenskommelsen*: its purposes, areas, places, signatures and decision."""
    found = agreement_or_404(request, agreement_slug)
    page = AgreementPage.of(found, visible_agreements(request))
    may_keep = policies.can_keep_agreements(request.user)
    context = {"page": page, "agreement": page.agreement, "may_keep": may_keep}
    return TemplateResponse(request, "priorities/agreements/agreement.html", context)
