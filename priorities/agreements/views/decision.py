from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from parties.requests import SignedInRequest
from priorities import policies
from priorities.agreements.forms import DecisionForm
from priorities.which import agreement_or_404
from samverkan.lib import clock
from samverkan.lib.access import require


@require_http_methods(["GET", "HEAD", "POST"])
def record_decision(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    """*Registrera beslut*: what was decided, also after the adoption. An archived agreement has no such page."""
    agreement = agreement_or_404(request, agreement_slug)
    require(policies.can_keep_agreements(request.user))
    if agreement.is_archived and request.method != "POST":
        messages.error(request, "Överenskommelsen är arkiverad och ändras inte.")
        return redirect("agreement", agreement.slug)

    form = DecisionForm(request.POST if request.method == "POST" else None, agreement=agreement)
    if request.method == "POST" and form.save(by=request.user, at=clock.now()):
        messages.success(request, "Beslutet är sparat.")
        return redirect("agreement", agreement.slug)

    return TemplateResponse(
        request, "priorities/agreements/decision.html", {"form": form, "agreement": agreement}
    )
