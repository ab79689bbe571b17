"""Answering a question on the party's behalf."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from activities import policies
from activities.follow_ups.forms import AnswerQuestionForm
from activities.follow_ups.receipt import undo_tag
from activities.follow_ups.views.ask import where_it_was_read
from activities.models import FollowUp, Question
from parties.requests import SignedInRequest
from samverkan.lib import clock
from samverkan.lib.access import require


@require_http_methods(["GET", "HEAD", "POST"])
def answer_question(request: SignedInRequest, pk: int) -> HttpResponse:
    """*Svara åt Polisen*, from the round's page; a page of its own when the answer cannot be saved."""
    visible = FollowUp.objects.visible_to(request.user)
    rows = visible.select_related("activity__agreement", "activity__priority_area", "activity__lead", "party")
    follow_up = get_object_or_404(rows.select_related("author", "round"), pk=pk)
    require(request.user.is_coordinator and policies.can_follow_up(request.user, follow_up.activity))
    standing = Question.objects.visible_to(request.user).filter(follow_up=follow_up, taken_back_at=None)
    question = get_object_or_404(standing.select_related("asked_by"))
    question.follow_up = follow_up

    form = AnswerQuestionForm(request.POST if request.method == "POST" else None, question=question)
    if request.method == "POST" and (saved := form.save(by=request.user, at=clock.now())):
        receipt = f"Svaret är sparat åt {follow_up.party.short_name}."
        messages.success(request, receipt, extra_tags=undo_tag(saved))
        return redirect(where_it_was_read(request, saved))

    context = {"activity": follow_up.activity, "form": form}
    return TemplateResponse(request, "activities/follow_ups/answer.html", context)
