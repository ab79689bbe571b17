from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from activities import own_work, policies
from activities.actions import Seen
from activities.follow_up_forms import FollowUpForm
from activities.models import Activity
from activities.unsaved import restored
from activities.views.one import undo_tag
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
    work = own_work.gather(request.user, visible_agreements(request), today=clock.today())
    request.waiting_count = len(work.waiting)  # the menu need not count again
    asked_for = request.POST.get("aktivitet") or request.GET.get("aktivitet")
    opened = work.find(asked_for)
    if opened is None and request.method == "POST":
        raise Http404("Aktiviteten finns inte bland din parts.")

    form = _form(request, opened) if opened else None
    if request.method == "POST" and form and (saved := form.save(by=request.user, at=clock.now())):
        messages.success(request, receipt(work, saved.activity_id), extra_tags=undo_tag(saved))
        return redirect("my_work")

    contacts = User.objects.visible_to(request.user).contacts()
    context = {"work": work, "opened": opened, "form": form, "today": clock.today(), "contacts": contacts}
    return TemplateResponse(request, "activities/my_work.html", context)


def _form(request: SignedInRequest, opened: Activity) -> FollowUpForm:
    last = next(iter(opened.newest), None)
    seen = Seen.of(opened)
    unsaved = None if request.POST else restored(request.user, opened, seen=seen, last=last)
    return FollowUpForm(
        request.POST or None, activity=opened, user=request.user, last=last, seen=seen, unsaved=unsaved
    )


def receipt(work: own_work.OwnWork, saved_pk: int) -> str:
    """`Uppföljningen är sparad. 1 aktivitet kvar.`"""
    left = sum(activity.pk != saved_pk for activity in work.waiting)
    if left:
        return f"Uppföljningen är sparad. {counted(left, 'aktivitet', 'aktiviteter')} kvar."
    return (
        "Uppföljningen är sparad. Allt är uppdaterat. Tack!" if work.waiting else "Uppföljningen är sparad."
    )
