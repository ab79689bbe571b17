from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from activities import policies
from activities.follow_ups.forms import FollowUpForm, form_for
from activities.follow_ups.receipt import saved_number, undo_tag
from activities.models import FollowUp
from activities.my_work.page import gather
from activities.my_work.rows import Led, Opened, WorkRow
from parties.models import User
from parties.requests import SignedInRequest
from priorities.which import visible_agreements
from samverkan.lib import clock
from samverkan.lib.access import require
from samverkan.lib.numbers import counted


@require_http_methods(["GET", "HEAD", "POST"])
def my_work(request: SignedInRequest) -> HttpResponse:
    """*Mitt arbete*, with the form of the first activity that waits, or of the one in `aktivitet`, open.

    A save builds no page.
    """
    require(policies.has_own_work(request.user))
    agreements = visible_agreements(request)
    led = Led.by(request.user, agreements, today=clock.today())
    row = led.find(request.POST.get("aktivitet") or request.GET.get("aktivitet"))
    form = None
    if request.method == "POST":
        form = _form(request, _opened_or_404(led, row))
        if saved := form.save(by=request.user, at=clock.now()):
            said = receipt(led, saved, form.said_about(saved))
            messages.success(request, said, extra_tags=undo_tag(saved))
            return redirect("my_work")

    work = gather(request.user, agreements, led, opened=row)
    request.waiting_count = work.waiting_count  # the menu need not count again
    opened = work.activities[row.pk] if row else None
    if opened and form is None:
        form = _form(request, led.open(opened))
    contacts = User.objects.visible_to(request.user).contacts()
    context = {"work": work, "opened": opened, "form": form, "contacts": contacts}
    return TemplateResponse(request, "activities/my_work/my_work.html", context)


def _opened_or_404(led: Led, row: WorkRow | None) -> Opened:
    if row is None:
        raise Http404("Aktiviteten finns inte bland din parts.")
    return led.open(led.activities([row])[row.pk])


def _form(request: SignedInRequest, opened: Opened) -> FollowUpForm:
    return form_for(
        request.user,
        opened.activity,
        seen=opened.seen,
        rows=opened.follow_ups,
        asked=opened.asked_about,
        days=opened.days,
        data=request.POST or None,
    )


def receipt(led: Led, saved: FollowUp, said: str) -> str:
    """`Uppföljningen är sparad. Den gäller läget den 31 augusti 2024. 1 aktivitet kvar.` `said` is the second sentence."""
    still_waits = saved.round_id is None  # it is about today, and the round's day is left
    left = sum(row.pk != saved.activity_id or still_waits for row in led.waiting)
    end = f"{counted(left, 'aktivitet', 'aktiviteter')} kvar." if left else "Allt är uppdaterat. Tack!"
    return f"Uppföljningen är sparad. {said}{saved_number(saved)} {end if led.waiting else ''}".strip()
