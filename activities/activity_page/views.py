from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from activities.activity_page.page import ActivityPage
from activities.follow_ups.receipt import saved_number, undo_tag
from activities.models import FollowUp
from activities.reading import record_reading
from parties.requests import SignedInRequest
from priorities.which import agreement_or_404
from samverkan.lib import clock
from samverkan.lib.access import require


@require_safe
def activity(request: SignedInRequest, agreement_slug: str, number: int) -> HttpResponse:
    """An activity: preparation, state, milestones, log and facts, and the form for those who follow it up."""
    page = _page_or_404(request, agreement_slug, number)
    record_reading(page.activity, by=request.user)
    form = page.follow_up_form() if page.may_follow_up and not page.is_asked_of_others else None
    return TemplateResponse(
        request,
        "activities/activity_page/activity.html",
        {"page": page, "activity": page.activity, "form": form},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: SignedInRequest, agreement_slug: str, number: int) -> HttpResponse:
    """*Följ upp* on its own page, which also shows the errors of the form on the activity's page."""
    page = _page_or_404(request, agreement_slug, number, is_whole=False)
    require(page.may_follow_up)
    record_reading(page.activity, by=request.user)

    form = page.follow_up_form(request.POST or None, day=request.GET.get("dag", ""))
    if request.method == "POST" and (saved := form.save(by=request.user, at=clock.now())):
        said = f"Uppföljningen är sparad. {form.said_about(saved)}{saved_number(saved)}"
        messages.success(request, said, extra_tags=undo_tag(saved))
        return redirect(page.activity)

    context = {"page": page, "activity": page.activity, "form": form, "heading": "Följ upp"}
    return TemplateResponse(request, "activities/activity_page/follow_up.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def correct_follow_up(request: SignedInRequest, pk: int) -> HttpResponse:
    """*Rätta uppföljningen*. Redirects with the reason when the follow-up can no longer be corrected.

    A POST gets its form back instead, so that no text is lost.
    """
    visible = FollowUp.objects.visible_to(request.user).select_related("activity__agreement", "round")
    original = get_object_or_404(visible, pk=pk)
    agreement, number = original.activity.agreement, original.activity.number
    page = ActivityPage.of(request.user, agreement, number, today=clock.today(), is_whole=False)
    require(page.may_follow_up)
    record_reading(page.activity, by=request.user)
    if (request.method != "POST" or not original.state) and (sentence := page.why_not_corrected(original)):
        messages.error(request, sentence)
        return redirect(page.activity)

    form = page.follow_up_form(request.POST or None, corrects=page.as_shown(original))
    if request.method == "POST" and (saved := form.save(by=request.user, at=clock.now())):
        receipt = f"Rättelsen är sparad.{saved_number(saved)}"
        messages.success(request, receipt, extra_tags=undo_tag(saved))
        return redirect(page.activity)

    context = {"page": page, "activity": page.activity, "form": form, "heading": "Rätta uppföljningen"}
    return TemplateResponse(request, "activities/activity_page/correct.html", context)


def _page_or_404(
    request: SignedInRequest, agreement_slug: str, number: int, *, is_whole: bool = True
) -> ActivityPage:
    agreement = agreement_or_404(request, agreement_slug)
    return ActivityPage.of(request.user, agreement, number, today=clock.today(), is_whole=is_whole)
