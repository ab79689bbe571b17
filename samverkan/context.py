"""What does every page show around its content?"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from activities import own_work, policies
from parties.models import User
from priorities.models import Agreement
from priorities.which import current_agreement, visible_agreements
from samverkan.lib import clock


@dataclass(frozen=True)
class MenuItem:
    label: str
    url: str
    current: bool
    count: int | None = None
    count_label: str = ""


def page(request: HttpRequest) -> dict[str, Any]:
    """The site's name and the demo's day; for people who are signed in also the agreement and the menu."""
    always = {
        "site_name": settings.SITE_NAME,
        "is_demo": settings.IS_DEMO,
        "demo_day": settings.SAMVERKAN_TODAY,
    }
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return always
    agreements = visible_agreements(request)  # type: ignore[arg-type] # signed in, as was just asked
    agreement = _agreement_of_the_address(request, agreements) or current_agreement(
        agreements, today=clock.today()
    )
    return always | {
        "agreements": agreements,
        "agreement": agreement,
        "menu": _menu(request, user, agreement, agreements),
    }


def _agreement_of_the_address(request: HttpRequest, agreements: list[Agreement]) -> Agreement | None:
    slug = request.resolver_match.kwargs.get("agreement_slug") if request.resolver_match else None
    return next((agreement for agreement in agreements if agreement.slug == slug), None)


def _menu(
    request: HttpRequest, user: User, agreement: Agreement | None, agreements: list[Agreement]
) -> list[MenuItem]:
    if agreement is None:
        return []
    here = request.resolver_match.url_name if request.resolver_match else ""
    activities = MenuItem(
        "Alla aktiviteter" if user.is_representative else "Aktiviteter",
        reverse("activity_list", args=[agreement.slug]),
        here in {"activity_list", "activity", "follow_up"},
    )
    items = [activities]
    if policies.has_own_work(user):
        items.insert(0 if user.is_representative else 1, _own_work(request, user, agreements))
    if policies.can_make_reports(user):
        reports = MenuItem(
            "Rapporter", reverse("report", args=[agreement.slug]), here in {"report", "report_preview"}
        )
        items.insert(len(items) if user.is_coordinator else 0, reports)
    return items


def _own_work(request: HttpRequest, user: User, agreements: list[Agreement]) -> MenuItem:
    waiting = getattr(request, "waiting_count", None)
    if waiting is None:
        waiting = own_work.count_waiting(user, agreements, today=clock.today())
    return MenuItem(
        "Mitt arbete", reverse("my_work"), request.path == reverse("my_work"), waiting, "att följa upp"
    )
