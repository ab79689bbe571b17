"""The context that every page gets."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from parties.models import User
from priorities.models import Agreement
from priorities.which import current_agreement, visible_agreements
from samverkan.lib import clock
from samverkan.menu import menu_of


def page(request: HttpRequest) -> dict[str, Any]:
    """The site's name and the demo's day; for a signed-in user also the agreement and the menu."""
    always = {
        "site_name": settings.SITE_NAME,
        "is_demo": settings.IS_DEMO,
        "demo_day": settings.SAMVERKAN_TODAY,
    }
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return always
    agreements = visible_agreements(request)  # type: ignore[arg-type] # signed in, as just checked
    agreement = _agreement_of_the_address(request, agreements) or current_agreement(
        agreements, today=clock.today()
    )
    return always | {
        "agreements": agreements,
        "agreement": agreement,
        "menu": menu_of(request, user, agreement, agreements),
    }


def _agreement_of_the_address(request: HttpRequest, agreements: list[Agreement]) -> Agreement | None:
    slug = request.resolver_match.kwargs.get("agreement_slug") if request.resolver_match else None
    return next((agreement for agreement in agreements if agreement.slug == slug), None)
