"""The agreements that a user may see, and the one that an address means."""

from datetime import date

from django.http import Http404

from parties.requests import SignedInRequest
from priorities.models import Agreement


def visible_agreements(request: SignedInRequest) -> list[Agreement]:
    """The agreements that the user may see, latest first. One query per request, however often it is called."""
    found: list[Agreement] | None = getattr(request, "agreements_in_sight", None)
    if found is None:
        found = list(Agreement.objects.visible_to(request.user).latest_first())
        request.agreements_in_sight = found  # type: ignore[attr-defined] # kept for this request only
    return found


def agreement_or_404(request: SignedInRequest, slug: str) -> Agreement:
    """The agreement in the address. Raises Http404 if the user may not see it."""
    found = next((agreement for agreement in visible_agreements(request) if agreement.slug == slug), None)
    if found is None:
        raise Http404("Överenskommelsen finns inte.")
    return found


def current_agreement(agreements: list[Agreement], *, today: date) -> Agreement | None:
    """The agreement that covers the day, else the latest begun, else the first to come. `agreements` is latest first."""
    begun = [agreement for agreement in agreements if agreement.starts_on <= today]
    covering = [agreement for agreement in begun if agreement.covers(today)]
    return next(iter(covering or begun), agreements[-1] if agreements else None)
