from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from activities import policies
from activities.needs.filter import NeedFilter
from activities.needs.listing import NeedsPage
from activities.needs.page import NeedPage
from parties.requests import SignedInRequest
from priorities.policies import can_keep_agreements
from priorities.which import agreement_or_404
from samverkan.lib import clock


@require_safe
def need_list(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    """*Behov*: the needs by what is missing, or with `?visa=luckor` every pair of need and place without an activity."""
    agreement, today = agreement_or_404(request, agreement_slug), clock.today()
    form = NeedFilter(request.GET, agreement=agreement, today=today)
    everything = NeedsPage.of(agreement, viewer=request.user, day=form.day, today=today)
    context = {
        "form": form,
        "agreement": agreement,
        "page": everything.within(form.area, form.place),
        "total": len(everything.rows),
        "may_keep": can_keep_agreements(request.user) and not agreement.is_archived,
        "may_plan": not form.earlier and policies.can_plan_in(request.user, agreement),
    }
    return TemplateResponse(request, "activities/needs/need_list.html", context)


@require_safe
def need(request: SignedInRequest, agreement_slug: str, number: int) -> HttpResponse:
    """One need with its sources, target group and causes, and its activities by place."""
    agreement = agreement_or_404(request, agreement_slug)
    page = NeedPage.of(agreement, number, viewer=request.user, today=clock.today())
    context = {
        "agreement": agreement,
        "page": page,
        "need": page.need,
        "may_keep": can_keep_agreements(request.user) and not agreement.is_archived,
        "may_plan": policies.can_plan_in(request.user, agreement),
    }
    return TemplateResponse(request, "activities/needs/need.html", context)
