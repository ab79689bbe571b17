from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from activities import policies
from activities.editing.seen import Seen
from activities.follow_ups.forms import CorrectionForm, FollowUpForm
from activities.follow_ups.receipt import undo_tag
from activities.follow_ups.unsaved import restored
from activities.models import Activity
from activities.my_work.page import OwnWork, gather
from parties.models import User
from parties.requests import SignedInRequest
from priorities.which import visible_agreements
from samverkan.lib import clock
from samverkan.lib.access import require
from samverkan.lib.numbers import counted


@require_http_methods(["GET", "HEAD", "POST"])
def my_work(request: SignedInRequest) -> HttpResponse:
    """*Mitt arbete*: what waits for me, then for my party, with the first form open."""
    require(policies.has_own_work(request.user))
    today, asked_for = clock.today(), request.POST.get("aktivitet") or request.GET.get("aktivitet")
    work = gather(request.user, visible_agreements(request), today=today, asked_for=asked_for)
    request.waiting_count = work.waiting_count  # the menu need not count again
    opened = work.find(asked_for)
    if opened is None and request.method == "POST":
        raise Http404("Aktiviteten finns inte bland din parts.")

    form = _form(request, work, opened) if opened else None
    if request.method == "POST" and form and (saved := form.save(by=request.user, at=clock.now())):
        messages.success(request, receipt(work, saved.activity_id), extra_tags=undo_tag(saved))
        return redirect("my_work")

    contacts = User.objects.visible_to(request.user).contacts()
    context = {"work": work, "opened": opened, "form": form, "today": today, "contacts": contacts}
    return TemplateResponse(request, "activities/my_work/my_work.html", context)


def _form(request: SignedInRequest, work: OwnWork, opened: Activity) -> FollowUpForm:
    """What has come back with a question is corrected."""
    last, asked = opened.newest, work.asked_about(opened)
    seen = Seen(opened.version, opened.last_follow_up_id or 0, work.round_of(opened))
    which: dict[str, Any] = {"corrects": asked.pk, "is_asked": True} if asked else {}
    unsaved = None if request.POST else restored(request.user, opened, seen=seen, last=last, **which)
    common: dict[str, Any] = {"activity": opened, "user": request.user, "seen": seen, "unsaved": unsaved}
    data = request.POST or None
    return (
        CorrectionForm(data, follow_up=asked, **common) if asked else FollowUpForm(data, last=last, **common)
    )


def receipt(work: OwnWork, saved_pk: int) -> str:
    """`Uppföljningen är sparad. 1 aktivitet kvar.`"""
    left = sum(row.pk != saved_pk for row in work.waiting)
    if left:
        return f"Uppföljningen är sparad. {counted(left, 'aktivitet', 'aktiviteter')} kvar."
    return (
        "Uppföljningen är sparad. Allt är uppdaterat. Tack!" if work.waiting else "Uppföljningen är sparad."
    )
