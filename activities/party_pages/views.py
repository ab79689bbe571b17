from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from activities.party_pages.page import PartyPage, gather
from parties import policies
from parties.requests import SignedInRequest
from priorities.which import agreement_or_404
from samverkan.lib import clock


@require_safe
def party_list(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    """*Parter*: a summary of each party."""
    agreement = agreement_or_404(request, agreement_slug)
    rows = gather(agreement, viewer=request.user, today=clock.today())
    return TemplateResponse(
        request, "activities/party_pages/party_list.html", {"rows": rows, "agreement": agreement}
    )


@require_safe
def party(request: SignedInRequest, agreement_slug: str, party_slug: str) -> HttpResponse:
    """One party with its activities as of today."""
    agreement = agreement_or_404(request, agreement_slug)
    page = PartyPage.of(agreement, party_slug, viewer=request.user, today=clock.today())
    context = {
        "page": page,
        "row": page.row,
        "party": page.row.party,
        "agreement": agreement,
        "may_invite": policies.can_invite(request.user),
    }
    return TemplateResponse(request, "activities/party_pages/party.html", context)
