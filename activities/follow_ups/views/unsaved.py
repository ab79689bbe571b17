from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from activities import policies
from activities.follow_ups import actions, unsaved
from activities.models import Activity
from parties.requests import SignedInRequest
from samverkan.lib import clock
from samverkan.lib.access import require


@csrf_exempt  # the proof in the form cannot be forged, and outlives the token and the session
@login_not_required
@require_POST
def unsaved_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps what is being typed. Returns JSON: when it was kept, who is signed in now, and the author's CSRF token."""
    try:
        kept = unsaved.keep(request.POST, at=clock.now(), is_automatic=True, about=pk)
    except ValidationError as fault:
        return JsonResponse({"fault": fault.messages[0]})
    answer = {"is_saved": kept.is_saved, "kept_at": _time(kept), "who": _who(request, kept)}
    if answer["who"] == "author":
        answer["token"] = get_token(request)
    return JsonResponse(answer)


@require_POST
def discard_unsaved(request: SignedInRequest, pk: int) -> HttpResponse:
    """*Släng utkastet*: deletes the unsaved answer and redirects to the page that showed it."""
    visible = Activity.objects.visible_to(request.user).select_related("agreement", "lead")
    activity = get_object_or_404(visible, pk=pk)
    require(policies.can_follow_up(request.user, activity))
    actions.forget_unsaved(activity=activity, by=request.user)
    messages.success(request, "Utkastet är slängt.")
    if "aktivitet" in request.POST:
        return redirect(f"{reverse('my_work')}?aktivitet={activity.pk}")
    return redirect(activity)


def _time(kept: unsaved.Kept) -> str:
    return f"{clock.local(kept.answer.saved_at):%H.%M}" if kept.answer else ""


def _who(request: HttpRequest, kept: unsaved.Kept) -> str:
    if not request.user.is_authenticated:
        return "nobody"
    return "author" if request.user == kept.author else "another"
