"""Which agreement does an address mean?"""

from datetime import date

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


def current_agreement(agreements: list[Agreement], *, today: date) -> Agreement | None:
    """The one that covers the day, else the latest that has begun, else the first to come. They come latest first."""
    begun = [agreement for agreement in agreements if agreement.starts_on <= today]
    covering = [agreement for agreement in begun if agreement.covers(today)]
    return next(iter(covering or begun), agreements[-1] if agreements else None)
