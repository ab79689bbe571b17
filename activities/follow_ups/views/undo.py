from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from activities.follow_ups import actions
from activities.models import FollowUp
from parties.requests import SignedInRequest
from samverkan.lib import clock
from samverkan.lib.access import require


@require_http_methods(["GET", "HEAD", "POST"])
def undo_follow_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """*Ångra* in the receipt. A GET, such as after signing in again, only redirects to the activity."""
    visible = FollowUp.objects.visible_to(request.user).select_related("activity__agreement")
    saved = get_object_or_404(visible, pk=pk)
    require(saved.author_id == request.user.pk)
    if request.method == "POST":
        _undo(request, saved)
    return redirect(saved.activity)


def _undo(request: SignedInRequest, saved: FollowUp) -> None:
    try:
        actions.undo_follow_up(follow_up=saved, by=request.user, at=clock.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, f"Uppföljningen av ”{saved.activity}” är ångrad.")
