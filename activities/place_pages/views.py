from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from activities import policies
from activities.place_pages.page import PlacePage
from parties.requests import SignedInRequest
from priorities.which import ShowDayForm, agreement_or_404
from samverkan.lib import clock


@require_safe
def place(request: SignedInRequest, agreement_slug: str, place_slug: str) -> HttpResponse:
    """One place of the agreement, as of today or the day in `per`."""
    agreement, today = agreement_or_404(request, agreement_slug), clock.today()
    form = ShowDayForm(request.GET, agreement=agreement, today=today)
    page = PlacePage.of(agreement, place_slug, viewer=request.user, day=form.day, today=today)
    context = {
        "agreement": agreement,
        "form": form,
        "page": page,
        "place": page.place,
        "may_plan": policies.can_plan_in(request.user, agreement),
    }
    return TemplateResponse(request, "activities/place_pages/place.html", context)
