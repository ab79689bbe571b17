"""*Översikt*: what needs attention as of a day; *Kom igång* for a new agreement."""

from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from activities import policies
from activities.models import Activity
from activities.overview import first_steps, gather, steps_left
from parties.models import User
from parties.requests import SignedInRequest
from priorities.which import ShowDayForm, agreement_or_404
from samverkan.lib import clock


@require_safe
def overview(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    agreement, today = agreement_or_404(request, agreement_slug), clock.today()
    visible = Activity.objects.visible_to(request.user).in_agreement(agreement)
    form = ShowDayForm(request.GET, agreement=agreement, today=today)
    context = {
        "form": form,
        "overview": gather(visible, agreement, request.user, day=form.day, today=today),
        "contacts": User.objects.visible_to(request.user).contacts(),
        "may_plan": policies.can_plan_in(request.user, agreement),
    }
    if shown := context["overview"]:
        if shown.is_today:
            context["start"] = steps_left(
                agreement, request.user, activity_count=shown.band.total, today=today
            )
        return TemplateResponse(request, "activities/overview/overview.html", context)
    context["start"] = first_steps(agreement, request.user, activity_count=visible.count(), today=today)
    return TemplateResponse(request, "activities/overview/start.html", context)
