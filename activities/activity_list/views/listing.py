from django.core.paginator import Paginator
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from activities import policies
from activities.activity_list.filters import ActivityFilter
from activities.activity_list.page import shown
from parties.requests import SignedInRequest
from priorities.which import agreement_or_404
from samverkan.lib import clock

PAGE_SIZE = 50


@require_safe
def activity_list(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    """*Aktiviteter*: the activities of an agreement that the user sees, as of a day."""
    agreement = agreement_or_404(request, agreement_slug)
    visible = agreement.activities.visible_to(request.user)
    found = ActivityFilter(request.GET, visible, agreement=agreement, today=clock.today())
    rows = found.qs
    page = Paginator(rows.for_rows().with_newest_days(found.day), PAGE_SIZE).get_page(request.GET.get("sida"))
    context = {"page_obj": page, "found": found, "form": found.form, "total": visible.count()}
    page.object_list = shown(page.object_list, found)
    context["may_plan"] = policies.can_plan_in(request.user, agreement)
    return TemplateResponse(request, "activities/activity_list/list.html", context)
