from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from activities import policies
from activities.contributions.actions import ask_again
from activities.contributions.page import ASKED_AGAIN, ContributionPage
from activities.follow_ups.receipt import undo_tag
from activities.models import Contribution
from parties.requests import SignedInRequest
from priorities.which import agreement_or_404
from samverkan.lib import clock
from samverkan.lib.access import require


@require_http_methods(["GET", "HEAD", "POST"])
def contribution(request: SignedInRequest, agreement_slug: str, number: int, party_slug: str) -> HttpResponse:
    """The page of one party's part, with its forms."""
    found = _contribution_or_404(request, agreement_slug, number, party_slug)
    require(policies.can_write_contribution(request.user, found.activity, found.party_id))

    data = request.POST if request.method == "POST" else None
    page = ContributionPage(found, request.user, data, today=clock.today())
    if page.is_done_form and page.done:
        if follow_up := page.done.save(at=clock.now()):
            said = f"{page.done.receipt} {page.done.said_about(follow_up)}"
            messages.success(request, said, extra_tags=undo_tag(follow_up))
            return redirect(found.activity)
    elif ASKED_AGAIN in request.POST and request.user.is_coordinator:
        _ask_again(request, found)
        return redirect(found.activity)
    elif request.method == "POST" and (receipt := page.save(at=clock.now())):
        messages.success(request, receipt)
        return redirect(found.activity)

    context = {"page": page, "activity": found.activity, "form": page.sent}
    return TemplateResponse(request, "activities/contributions/contribution.html", context)


def _ask_again(request: SignedInRequest, found: Contribution) -> None:
    try:
        ask_again(contribution=found, by=request.user, at=clock.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, f"{found.party.short_name} är tillfrågad igen och får ett mejl.")


def _contribution_or_404(
    request: SignedInRequest, agreement_slug: str, number: int, party_slug: str
) -> Contribution:
    agreement = agreement_or_404(request, agreement_slug)
    visible = agreement.activities.visible_to(request.user)
    activity = get_object_or_404(visible.as_of(clock.today()).for_form(), number=number)
    found = get_object_or_404(activity.contributions.select_related("party"), party__slug=party_slug)
    found.activity = activity
    return found
