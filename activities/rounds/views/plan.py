"""Plan a round, change it and remove it."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from activities.periods import Rounds
from activities.rounds import pages, why_fixed, why_it_stays
from activities.rounds.forms import (
    RemoveRoundForm,
    RoundForm,
    planned_in_words,
)
from activities.rounds.views.agreement import readable_agreement, refuse_archived
from parties.requests import SignedInRequest
from samverkan.lib import clock


@require_http_methods(["GET", "HEAD", "POST"])
def new_round(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    agreement, today = readable_agreement(request, agreement_slug), clock.today()
    if agreement.is_archived:
        return refuse_archived(request, agreement)
    sent = request.POST if request.method == "POST" else None
    form = RoundForm(sent, agreement=agreement, user=request.user, today=today)
    open_round = Rounds.of(agreement).open_on(today)
    if sent is not None and (round := form.save()):
        instead_of = open_round if open_round != round else None
        messages.success(request, planned_in_words(round, today, instead_of=instead_of))
        return redirect("round_list", agreement.slug)
    context = {"form": form, "agreement": agreement, "open_round": open_round}
    return TemplateResponse(request, "activities/rounds/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_round(request: SignedInRequest, agreement_slug: str, as_of: date) -> HttpResponse:
    """Once the round's days are fixed, only its name and last day; a round that has ended redirects to its page."""
    agreement, today = readable_agreement(request, agreement_slug), clock.today()
    phase = pages.find(request.user, agreement, as_of, today, key=request.POST.get("key", ""))
    if agreement.is_archived:
        return refuse_archived(request, agreement)
    sent = request.POST if request.method == "POST" else None
    if sent is None and phase.has_ended:
        messages.error(request, "Omgången är avslutad och ändras inte.")
        return redirect(phase.round)
    fixed = why_fixed(phase.round, today)
    form = RoundForm(
        sent, agreement=agreement, user=request.user, today=today, round=phase.round, is_fixed=bool(fixed)
    )
    if sent is not None and (saved := form.save()):
        messages.success(request, planned_in_words(saved, today))
        return redirect(saved)
    context = {"form": form, "agreement": agreement, "round": phase.round, "why_fixed": fixed}
    return TemplateResponse(request, "activities/rounds/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_round(request: SignedInRequest, agreement_slug: str, as_of: date) -> HttpResponse:
    """Confirms and removes the round, or says why it cannot be removed."""
    agreement, today = readable_agreement(request, agreement_slug), clock.today()
    round = pages.find(request.user, agreement, as_of, today).round
    if agreement.is_archived:
        return refuse_archived(request, agreement)
    sent = request.POST if request.method == "POST" else None
    form = RemoveRoundForm(sent, round=round)
    if sent is not None and form.save(by=request.user, today=today):
        messages.success(request, f"{round.label} är borttagen.")
        return redirect("round_list", agreement.slug)
    context = {"form": form, "agreement": agreement, "round": round, "reason": why_it_stays(round, today)}
    return TemplateResponse(request, "activities/rounds/remove.html", context)
