"""Marking a follow-up as read, and as unread again."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from activities import policies
from activities.follow_ups import actions
from activities.follow_ups.views.ask import where_it_was_read
from activities.models import FollowUp
from parties.requests import SignedInRequest
from samverkan.lib import clock
from samverkan.lib.access import require


@require_POST
def mark_read(request: SignedInRequest, pk: int) -> HttpResponse:
    """*Markera som läst*, and *Markera som oläst* with `last=nej`. Leads back to the follow-up on the round's page."""
    visible = FollowUp.objects.visible_to(request.user).select_related(
        "activity__agreement", "round__agreement"
    )
    follow_up = get_object_or_404(visible, pk=pk)
    require(policies.can_read_rounds(request.user))
    if request.POST.get("last") == "nej":
        actions.mark_unread(follow_up=follow_up, by=request.user)
    else:
        actions.mark_read(follow_up=follow_up, by=request.user, at=clock.now())
    return redirect(where_it_was_read(request, follow_up))
