from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from activities import policies
from activities.editing.closed import why_closed
from activities.milestones import actions
from activities.milestones.forms import MilestonesForm
from activities.models import Activity
from parties.requests import SignedInRequest
from priorities.which import agreement_or_404
from samverkan.lib import clock
from samverkan.lib.access import require
from samverkan.lib.editing.stale import Stale


@require_http_methods(["GET", "HEAD", "POST"])
def edit_milestones(request: SignedInRequest, agreement_slug: str, number: int) -> HttpResponse:
    """*Delmål*. A GET redirects with the reason when the plan is closed; a POST keeps the text instead."""
    activity = _activity_or_404(request, agreement_slug, number)
    require(policies.takes_part(request.user, activity))
    is_sent = request.method == "POST"
    if not is_sent and (sentence := why_closed(activity, request.user)):
        messages.error(request, sentence)
        return redirect(activity)

    form = MilestonesForm(request.POST if is_sent else None, activity=activity, user=request.user)
    if is_sent and form.save(at=clock.now()):
        messages.success(request, form.receipt)
        return redirect(activity)

    return TemplateResponse(
        request, "activities/milestones/milestones.html", {"form": form, "activity": activity}
    )


@require_POST
def tick_milestone(request: SignedInRequest, agreement_slug: str, number: int, pk: int) -> HttpResponse:
    """Ticks a milestone, or unticks it with `klart=0`."""
    activity = _activity_or_404(request, agreement_slug, number)
    require(policies.can_follow_up(request.user, activity))
    milestone = get_object_or_404(activity.milestones.select_related("activity"), pk=pk)
    is_done = request.POST.get("klart") != "0"
    try:
        actions.tick_milestone(milestone=milestone, by=request.user, at=clock.now(), done=is_done)
    except (ValidationError, Stale) as fault:
        messages.error(request, fault.messages[0] if isinstance(fault, ValidationError) else str(fault))
    else:
        how = "klart" if is_done else "inte längre markerat som klart"
        messages.success(request, f"Delmålet ”{milestone}” är {how}.")
    return redirect(activity)


def _activity_or_404(request: SignedInRequest, agreement_slug: str, number: int) -> Activity:
    agreement = agreement_or_404(request, agreement_slug)
    visible = agreement.activities.visible_to(request.user)
    return get_object_or_404(visible.for_form(), number=number)
