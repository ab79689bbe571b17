"""Asking a question about a follow-up, and taking it back."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST

from activities import policies
from activities.follow_ups import actions
from activities.follow_ups.forms import QuestionForm
from activities.models import FollowUp, Question
from activities.periods import Period
from parties.requests import SignedInRequest
from samverkan.lib import clock
from samverkan.lib.access import require


@require_http_methods(["GET", "HEAD", "POST"])
def ask_about(request: SignedInRequest, pk: int) -> HttpResponse:
    """*Fråga om uppföljningen*, with the follow-up above the form."""
    visible = FollowUp.objects.visible_to(request.user)
    rows = visible.select_related("activity__agreement", "activity__priority_area", "round__closed_by")
    follow_up = get_object_or_404(rows.select_related("party", "author"), pk=pk)
    require(request.user.is_coordinator and policies.can_follow_up(request.user, follow_up.activity))
    period = Period.of(follow_up.activity.agreement, clock.today())
    if request.method != "POST" and (sentence := actions.why_not_asked(follow_up, request.user, period)):
        messages.error(request, sentence)
        return redirect(follow_up.activity)

    form = QuestionForm(request.POST if request.method == "POST" else None, follow_up=follow_up)
    if request.method == "POST" and form.save(by=request.user, at=clock.now()):
        messages.success(request, f"Frågan är ställd. {follow_up.party.short_name} ser den på Mitt arbete.")
        return redirect(where_it_was_read(request, follow_up))

    return TemplateResponse(
        request, "activities/follow_ups/ask.html", {"activity": follow_up.activity, "form": form}
    )


@require_POST
def take_back_question(request: SignedInRequest, pk: int) -> HttpResponse:
    """*Ta tillbaka frågan*. Redirects to the activity with a receipt or the reason why not."""
    visible = FollowUp.objects.visible_to(request.user).select_related("activity__agreement")
    follow_up = get_object_or_404(visible, pk=pk)
    require(request.user.is_coordinator and policies.can_follow_up(request.user, follow_up.activity))
    asked = Question.objects.visible_to(request.user).filter(follow_up=follow_up)
    question = get_object_or_404(asked.order_by("-pk")[:1])
    try:
        actions.take_back_question(question=question, by=request.user, at=clock.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "Frågan är tillbakatagen.")
    return redirect(where_it_was_read(request, follow_up))


def where_it_was_read(request: SignedInRequest, follow_up: FollowUp) -> str:
    """The follow-up's place on the page of its round, for a form that was sent from there; otherwise the activity's page.

    The form says which party's follow-ups and which page of them were shown.
    """
    if request.POST.get("from_round") and follow_up.round:
        shown = {name: request.POST[name] for name in ("part", "sida") if request.POST.get(name)}
        asked = f"?{urlencode(shown)}" if shown else ""
        return f"{follow_up.round.get_absolute_url()}{asked}#uppfoljning-{follow_up.activity.number}"
    return follow_up.activity.get_absolute_url()
