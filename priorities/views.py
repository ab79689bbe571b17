"""Which agreement does an address mean?"""

from django.http import Http404

from parties.requests import SignedInRequest
from priorities.models import Agreement


def visible_agreements(request: SignedInRequest) -> list[Agreement]:
    """The agreements that the user may see, the latest first. One query a request, however often it is asked."""
    found: list[Agreement] | None = getattr(request, "agreements_in_sight", None)
    if found is None:
        found = list(Agreement.objects.visible_to(request.user).latest_first())
        request.agreements_in_sight = found  # type: ignore[attr-defined] # kept for this request only
    return found


def agreement_or_404(request: SignedInRequest, slug: str) -> Agreement:
    """The agreement of the address; 404 when the user may not know of it."""
    found = next((agreement for agreement in visible_agreements(request) if agreement.slug == slug), None)
    if found is None:
        raise Http404("Överenskommelsen finns inte.")
    return found
