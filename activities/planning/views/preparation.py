from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from activities import policies
from activities.editing.seen import Gone
from activities.models import Activity
from activities.planning import actions, panel
from activities.planning.forms.preparation import ReturnForm, StepForm
from parties.requests import SignedInRequest
from priorities.which import agreement_or_404
from samverkan.lib import clock
from samverkan.lib.access import require
from samverkan.lib.editing.stale import Stale

Step = Callable[..., Activity]
Receipt = Callable[[Activity], str]


@require_POST
def propose_activity(request: SignedInRequest, agreement_slug: str, number: int) -> HttpResponse:
    """*Skicka till ansvarig part*, or *till samordnaren*."""
    activity = _of_both_sides(request, agreement_slug, number)
    return _take(request, activity, actions.propose_activity, panel.after_proposing)


@require_POST
def accept_activity(request: SignedInRequest, agreement_slug: str, number: int) -> HttpResponse:
    """*Godkänn*: accepts the other side's proposal."""
    activity = _of_both_sides(request, agreement_slug, number)
    return _take(request, activity, actions.accept_activity, panel.after_accepting)


@require_POST
def withdraw_activity(request: SignedInRequest, agreement_slug: str, number: int) -> HttpResponse:
    """*Ta tillbaka förslaget*."""
    activity = _of_both_sides(request, agreement_slug, number)
    return _take(request, activity, actions.withdraw_activity, panel.after_withdrawing)


@require_http_methods(["GET", "HEAD", "POST"])
def return_activity(request: SignedInRequest, agreement_slug: str, number: int) -> HttpResponse:
    """*Föreslå ändring*, on a page that asks for the reason."""
    activity = _of_both_sides(request, agreement_slug, number)
    if request.method != "POST" and not policies.can_answer(request.user, activity):
        messages.error(request, "Det finns inget förslag att svara på just nu.")
        return redirect(activity)

    form = ReturnForm(request.POST if request.method == "POST" else None, activity=activity)
    if request.method == "POST" and form.save(by=request.user, at=clock.now()):
        messages.success(request, panel.after_returning(activity))
        return redirect(activity)

    return TemplateResponse(request, "activities/planning/return.html", {"activity": activity, "form": form})


def _of_both_sides(request: SignedInRequest, agreement_slug: str, number: int) -> Activity:
    """Raises Http404 when the activity is not visible, PermissionDenied when the user is on neither side."""
    agreement = agreement_or_404(request, agreement_slug)
    visible = agreement.activities.visible_to(request.user).for_form()
    activity = get_object_or_404(visible, number=number)
    require(policies.takes_part(request.user, activity))
    return activity


def _take(request: SignedInRequest, activity: Activity, step: Step, receipt: Receipt) -> HttpResponse:
    """Takes the step and redirects to the activity with the receipt, or the reason why it was not possible."""
    form = StepForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Sidan kunde inte läsas. Läs igenom förslaget och tryck igen.")
        return redirect(activity)
    version = form.cleaned_data["version"]
    try:
        done = step(activity=activity, by=request.user, at=clock.now(), version=version)
    except Gone as gone:
        messages.error(request, str(gone))
        return redirect(activity.agreement)
    except Stale as stale:
        messages.error(request, f"{stale} Läs igenom det som gäller nu.")
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, receipt(done))
    return redirect(activity)
