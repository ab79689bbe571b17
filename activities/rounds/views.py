"""*Uppföljningsomgångar*: the coordinator plans them, sees what is missing, asks back and closes."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities import policies
from activities.periods import Rounds
from activities.rounds import actions, pages, why_it_stays
from activities.rounds.forms import (
    CloseRoundForm,
    RemoveRoundForm,
    RoundForm,
    SuggestionForm,
    planned_in_words,
)
from parties.requests import SignedInRequest
from priorities.models import Agreement
from priorities.which import agreement_or_404
from samverkan.lib import clock
from samverkan.lib.access import require


@require_safe
def round_list(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    """The open round, the planned, the ended and the suggested ones."""
    agreement = _readable(request, agreement_slug)
    page = pages.RoundListPage.of(request.user, agreement, clock.today())
    return _show_list(request, agreement, page, SuggestionForm(plans=page.suggestions))


@require_POST
def suggest_rounds(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    """Plans the suggested rounds that are ticked, with the days from the form."""
    agreement, today = _readable(request, agreement_slug), clock.today()
    require(policies.can_keep_rounds(request.user, agreement))
    page = pages.RoundListPage.of(request.user, agreement, today)
    form = SuggestionForm(request.POST, plans=page.suggestions)
    if not page.suggestions:
        messages.success(request, "Omgångarna är redan planerade.")
        return redirect("round_list", agreement.slug)
    if made := form.save(by=request.user, agreement=agreement, today=today):
        messages.success(request, f"Planerat: {', '.join(round.label for round in made)}.")
        return redirect("round_list", agreement.slug)
    return _show_list(request, agreement, page, form)


@require_http_methods(["GET", "HEAD", "POST"])
def new_round(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    agreement, today = _readable(request, agreement_slug), clock.today()
    if agreement.is_archived:
        return _archived(request, agreement)
    sent = request.POST if request.method == "POST" else None
    form = RoundForm(sent, agreement=agreement, user=request.user, today=today)
    open_round = Rounds.of(agreement).open_on(today)
    if sent is not None and (round := form.save()):
        instead_of = open_round if open_round != round else None
        messages.success(request, planned_in_words(round, today, instead_of=instead_of))
        return redirect("round_list", agreement.slug)
    context = {"form": form, "agreement": agreement, "open_round": open_round}
    return TemplateResponse(request, "activities/rounds/form.html", context)


@require_safe
def round(request: SignedInRequest, agreement_slug: str, as_of: date) -> HttpResponse:
    """How far each party has come, what is missing, and the follow-ups."""
    agreement = _readable(request, agreement_slug)
    page = pages.RoundPage.of(request.user, agreement, as_of, clock.today())
    context = {
        "page": page,
        "agreement": agreement,
        "follow_ups": pages.FollowUpList.of(page.round, page.parties, request.GET),
        "may_keep": policies.can_keep_rounds(request.user, agreement),
    }
    return TemplateResponse(request, "activities/rounds/round.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_round(request: SignedInRequest, agreement_slug: str, as_of: date) -> HttpResponse:
    """Once the round has begun, only its name and last day; a round that has ended redirects to its page."""
    agreement, today = _readable(request, agreement_slug), clock.today()
    phase = pages.find(request.user, agreement, as_of, today)
    if agreement.is_archived:
        return _archived(request, agreement)
    sent = request.POST if request.method == "POST" else None
    if sent is None and phase.has_ended:
        messages.error(request, "Omgången är avslutad och ändras inte.")
        return redirect(phase.round)
    has_begun = actions.has_begun(phase.round, today)
    form = RoundForm(
        sent, agreement=agreement, user=request.user, today=today, round=phase.round, has_begun=has_begun
    )
    if sent is not None and (saved := form.save()):
        messages.success(request, planned_in_words(saved, today))
        return redirect(saved)
    context = {"form": form, "agreement": agreement, "round": phase.round, "has_begun": has_begun}
    return TemplateResponse(request, "activities/rounds/form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_round(request: SignedInRequest, agreement_slug: str, as_of: date) -> HttpResponse:
    """Confirms and removes the round, or says why it cannot be removed."""
    agreement, today = _readable(request, agreement_slug), clock.today()
    round = pages.find(request.user, agreement, as_of, today).round
    if agreement.is_archived:
        return _archived(request, agreement)
    sent = request.POST if request.method == "POST" else None
    form = RemoveRoundForm(sent, round=round)
    if sent is not None and form.save(by=request.user, today=today):
        messages.success(request, f"{round.label} är borttagen.")
        return redirect("round_list", agreement.slug)
    context = {"form": form, "agreement": agreement, "round": round, "reason": why_it_stays(round, today)}
    return TemplateResponse(request, "activities/rounds/remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def close_round(request: SignedInRequest, agreement_slug: str, as_of: date) -> HttpResponse:
    """Shows what is missing, then closes; shows it again when something changed since the page was opened."""
    agreement, today = _readable(request, agreement_slug), clock.today()
    page = pages.RoundPage.of(request.user, agreement, as_of, today)
    if not page.phase.is_open:
        tell = messages.success if page.phase.is_closed and request.method == "POST" else messages.error
        tell(request, page.why_not_closed)
        return redirect(page.round)
    if agreement.is_archived:
        return _archived(request, agreement)
    sent = request.POST if request.method == "POST" else None
    form = CloseRoundForm(sent, round=page.round, seen=page.token)
    if sent is not None and form.save(by=request.user, today=today):
        messages.success(request, f"{page.round.label} är stängd.")
        return redirect(page.round)
    context = {"form": form, "page": page, "agreement": agreement}
    return TemplateResponse(request, "activities/rounds/close.html", context)


def _readable(request: SignedInRequest, agreement_slug: str) -> Agreement:
    """Raises Http404 when the user cannot see the agreement, PermissionDenied for anybody but a coordinator."""
    agreement = agreement_or_404(request, agreement_slug)
    require(policies.can_read_rounds(request.user))
    return agreement


def _show_list(
    request: SignedInRequest, agreement: Agreement, page: pages.RoundListPage, form: SuggestionForm
) -> HttpResponse:
    may_keep = policies.can_keep_rounds(request.user, agreement)
    context = {"page": page, "form": form, "agreement": agreement, "may_keep": may_keep}
    return TemplateResponse(request, "activities/rounds/list.html", context)


def _archived(request: SignedInRequest, agreement: Agreement) -> HttpResponse:
    messages.error(request, "Överenskommelsen är arkiverad och omgångarna i den ändras inte.")
    return redirect("round_list", agreement.slug)
