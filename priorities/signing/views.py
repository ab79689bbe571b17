from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from parties.requests import SignedInRequest
from priorities import policies
from priorities.signing.page import SignPage
from priorities.which import agreement_or_404
from samverkan.lib import clock
from samverkan.lib.access import require


@require_http_methods(["GET", "HEAD", "POST"])
def sign_agreement(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    """*Underskrifter och bilagor*: who has signed, and one form at a time. An archived agreement has no such page."""
    agreement = agreement_or_404(request, agreement_slug)
    require(policies.can_keep_agreements(request.user))
    if agreement.is_archived and request.method != "POST":
        messages.error(request, "Överenskommelsen är arkiverad och ändras inte.")
        return redirect("agreement", agreement.slug)

    page = SignPage.of(agreement, request.GET)
    form = page.form(request.POST, request.FILES) if request.method == "POST" else page.form()
    if request.method == "POST" and form and form.save(by=request.user, at=clock.now()):
        messages.success(request, form.receipt)
        return redirect("sign_agreement", agreement.slug)

    context = {"page": page, "form": form, "agreement": agreement}
    return TemplateResponse(request, "priorities/signing/sign.html", context)
