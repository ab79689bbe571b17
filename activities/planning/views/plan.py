"""Registering an activity, changing its plan and removing a draft."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from activities import policies
from activities.editing.closed import why_closed
from activities.models import Activity
from activities.planning.forms import EditPlanForm, NewPlanForm, PlanStart, RemoveForm
from activities.reading import record_reading
from parties.requests import SignedInRequest
from priorities.which import agreement_or_404
from samverkan.lib import clock
from samverkan.lib.access import require


@require_http_methods(["GET", "HEAD", "POST"])
def new_activity(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    """*Ny aktivitet*: empty, from a need, as a copy, or replacing an agreed one."""
    agreement = agreement_or_404(request, agreement_slug)
    visible = Activity.objects.visible_to(request.user).in_agreement(agreement)
    is_sent = request.method == "POST"
    asked = request.POST if is_sent else request.GET
    start = PlanStart.of(agreement, request.user, visible, asked, today=clock.today(), sent=is_sent)
    if not is_sent and start.source and (sentence := start.closed):
        messages.error(request, sentence)
        return redirect(start.source)

    form = NewPlanForm(request.POST if is_sent else None, start=start)
    if is_sent and (draft := form.save(by=request.user, at=clock.now())):
        messages.success(request, form.receipt(draft, request.user))
        return redirect(draft)

    context = {"form": form, "start": start, "agreement": agreement}
    return TemplateResponse(request, "activities/planning/new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_activity(request: SignedInRequest, agreement_slug: str, number: int) -> HttpResponse:
    """*Ändra uppgifter*. A GET redirects with the reason when the plan is closed; a POST keeps the text instead."""
    activity = _planned_or_404(request, agreement_slug, number)
    is_sent = request.method == "POST"
    if not is_sent and (sentence := why_closed(activity, request.user)):
        messages.error(request, sentence)
        return redirect(activity)

    record_reading(activity, by=request.user)
    form = EditPlanForm(
        request.POST if is_sent else None, activity=activity, user=request.user, today=clock.today()
    )
    if is_sent and form.save(by=request.user, at=clock.now()):
        messages.success(request, form.receipt)
        return redirect(activity)

    context = {"form": form, "activity": activity, "agreement": activity.agreement}
    may_replace = policies.can_replace(request.user, activity)
    context["may_replace"] = may_replace and not activity.replaced_by.exists()
    return TemplateResponse(request, "activities/planning/edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_activity(request: SignedInRequest, agreement_slug: str, number: int) -> HttpResponse:
    """*Ta bort utkastet*, on a page that lists what is deleted."""
    activity = _planned_or_404(request, agreement_slug, number)
    if not policies.can_remove(request.user, activity):
        messages.error(request, why_closed(activity, request.user) or "Bara utkast kan tas bort.")
        return redirect(activity)

    form = RemoveForm(request.POST if request.method == "POST" else None, activity=activity)
    if request.method == "POST" and form.save(by=request.user, at=clock.now()):
        messages.success(request, f"Utkastet ”{activity}” är borttaget.")
        return redirect(activity.agreement)

    return TemplateResponse(request, "activities/planning/remove.html", {"form": form, "activity": activity})


def _planned_or_404(request: SignedInRequest, agreement_slug: str, number: int) -> Activity:
    """Raises Http404 when the activity is not visible, PermissionDenied when the user is on neither side."""
    agreement = agreement_or_404(request, agreement_slug)
    visible = Activity.objects.visible_to(request.user).in_agreement(agreement)
    rows = visible.select_related("agreement", "lead", "priority_area", "replaces")
    activity = get_object_or_404(rows, number=number)
    require(policies.takes_part(request.user, activity))
    return activity
