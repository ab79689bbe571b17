from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from parties import policies, submissions
from parties.models import Party
from parties.requests import SignedInRequest
from priorities.invitations.forms import InviteForm
from priorities.which import agreement_or_404
from samverkan.lib import clock
from samverkan.lib.access import require


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest, agreement_slug: str, party_slug: str) -> HttpResponse:
    """*Bjud in*: gives a new representative of the party an account, and mails the invitation."""
    agreement = agreement_or_404(request, agreement_slug)
    visible = Party.objects.visible_to(request.user).filter(memberships__agreement=agreement)
    party = get_object_or_404(visible, slug=party_slug)
    require(policies.can_invite(request.user))

    form = InviteForm(request.POST or None, party=party)
    if request.method == "POST" and (invited := form.save(by=request.user, at=clock.now())):
        if invited.invited_at:
            messages.success(request, f"Inbjudan är skickad till {invited.email}.")
        else:
            messages.error(request, form.unsent_message(invited), submissions.SAVED)
        return redirect("party", agreement.slug, party.slug)

    context = {"form": form, "party": party, "agreement": agreement}
    return TemplateResponse(request, "priorities/invitations/invite.html", context)
