"""The agreement whose rounds a coordinator reads or keeps."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from activities import policies
from parties.requests import SignedInRequest
from priorities.models import Agreement
from priorities.which import agreement_or_404
from samverkan.lib.access import require


def readable_agreement(request: SignedInRequest, agreement_slug: str) -> Agreement:
    """Raises Http404 when the user cannot see the agreement, PermissionDenied for anybody but a coordinator."""
    agreement = agreement_or_404(request, agreement_slug)
    require(policies.can_read_rounds(request.user))
    return agreement


def refuse_archived(request: SignedInRequest, agreement: Agreement) -> HttpResponse:
    """Says that nothing changes in an archived agreement, and leads to the list."""
    messages.error(request, "Överenskommelsen är arkiverad och omgångarna i den ändras inte.")
    return redirect("round_list", agreement.slug)
