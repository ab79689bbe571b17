from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from parties.policies import can_keep_declarations
from parties.requests import SignedInRequest
from priorities.declarations.page import DeclarationPage
from priorities.which import agreement_or_404, visible_agreements


@require_safe
def declaration(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    """*Avsiktsförklaringen* of an agreement: its parties, their signatures and its matter."""
    agreement = agreement_or_404(request, agreement_slug)
    page = DeclarationPage.of(agreement, visible_agreements(request))
    may_keep = can_keep_declarations(request.user) and not page.is_closed
    context = {"page": page, "declaration": page.declaration, "may_keep": may_keep}
    return TemplateResponse(request, "priorities/declarations/declaration.html", context)
