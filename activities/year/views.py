"""*Årshjul*: the page with a year of an agreement."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from activities.year import gather
from parties.policies import can_have_calendar
from parties.requests import SignedInRequest
from priorities.which import agreement_or_404
from samverkan.lib import clock


@require_safe
def year(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    agreement, asked = agreement_or_404(request, agreement_slug), request.GET.get("ar")
    page = gather(agreement, request.user, asked=asked, today=clock.today())
    is_unknown = asked is not None and asked != str(page.year)
    context = {"page": page, "is_unknown": is_unknown, "may_have_calendar": can_have_calendar(request.user)}
    return TemplateResponse(request, "activities/year/year.html", context)
