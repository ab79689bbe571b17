from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from activities.history.changes import changes_for
from activities.models import Activity
from activities.reading import record_reading
from parties.requests import SignedInRequest
from priorities.which import agreement_or_404


@require_safe
def activity_history(request: SignedInRequest, agreement_slug: str, number: int) -> HttpResponse:
    """*Ändringar i planen*: who changed what and when. Everybody who sees the activity sees it."""
    agreement = agreement_or_404(request, agreement_slug)
    visible = Activity.objects.visible_to(request.user).in_agreement(agreement)
    rows = visible.select_related("agreement", "priority_area").prefetch_related("contributions")
    activity = get_object_or_404(rows, number=number)
    record_reading(activity, by=request.user)
    context = {"activity": activity, "changes": changes_for(request.user, activity)}
    return TemplateResponse(request, "activities/history/history.html", context)
