"""*Utskick*: the coordinator sees who gets what of a round's mail, pauses it, reminds a party and reads the log."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from activities import policies
from activities.models import Mail, Round
from activities.my_work.tasks import adopted
from activities.periods import Phase
from activities.reminders import actions
from activities.reminders.page import MailPage, NudgePage, log_page, phases_everywhere, receipts
from activities.rounds.pages import find
from parties.models import Party
from parties.requests import SignedInRequest
from priorities.which import agreement_or_404, visible_agreements
from samverkan.lib import clock
from samverkan.lib.access import require


@require_safe
def round_mail(request: SignedInRequest, agreement_slug: str, as_of: date) -> HttpResponse:
    """When mail is sent, and who would get what today."""
    phase, rounds = _phase_and_open(request, agreement_slug, as_of)
    page = MailPage.of(phase, rounds, request.GET)
    may_keep = policies.can_keep_rounds(request.user, phase.round.agreement)
    context = {"page": page, "round": phase.round, "may_keep": may_keep}
    return TemplateResponse(request, "activities/reminders/upcoming.html", context)


@require_safe
def mail_log(request: SignedInRequest, agreement_slug: str, as_of: date) -> HttpResponse:
    """The mails of a round: to whom, why, and what could not be sent."""
    round = _round(request, agreement_slug, as_of)
    rows = log_page(request.user, round, request.GET.get("sida"))
    context = {"page_obj": rows, "round": round}
    return TemplateResponse(request, "activities/reminders/log.html", context)


@require_safe
def mail(request: SignedInRequest, agreement_slug: str, as_of: date, pk: int) -> HttpResponse:
    """One mail as it was sent."""
    round = _round(request, agreement_slug, as_of)
    sent = get_object_or_404(Mail.objects.visible_to(request.user).of_round(round).for_log(), pk=pk)
    return TemplateResponse(request, "activities/reminders/mail.html", {"mail": sent, "round": round})


@require_POST
def pause_mail(request: SignedInRequest, agreement_slug: str, as_of: date) -> HttpResponse:
    """*Pausa mejlen* and *Fortsätt skicka*. The button sends the wanted state, so that a second press changes nothing."""
    round = _round(request, agreement_slug, as_of)
    paused = request.POST.get("paus")
    if paused in {"ja", "nej"}:
        actions.pause_mail(by=request.user, round=round, paused=paused == "ja")
        pausing = "Mejlen är pausade. Inget skickas av sig självt förrän du fortsätter."
        messages.success(
            request, pausing if paused == "ja" else "Mejlen skickas igen, från och med nästa utskick."
        )
    else:
        require(policies.can_keep_rounds(request.user, round.agreement))
        messages.error(request, "Sidan kunde inte läsas. Tryck på knappen igen.")
    return redirect("round_mail", agreement_slug, as_of)


@require_http_methods(["GET", "HEAD", "POST"])
def remind_party(request: SignedInRequest, agreement_slug: str, as_of: date, party_slug: str) -> HttpResponse:
    """*Påminn*: shows who gets what; a POST sends at once and reports the result."""
    phase, rounds = _phase_and_open(request, agreement_slug, as_of)
    round, party = phase.round, get_object_or_404(Party.objects.visible_to(request.user), slug=party_slug)
    require(policies.can_keep_rounds(request.user, round.agreement))
    if request.method == "POST":
        _remind(request, phase, party)
        return redirect(round)
    page = NudgePage.of(round, party, rounds, at=clock.now(), today=phase.day)
    return TemplateResponse(request, "activities/reminders/remind.html", {"page": page, "round": round})


def _remind(request: SignedInRequest, phase: Phase, party: Party) -> None:
    try:
        done = actions.remind_party(
            by=request.user, round=phase.round, party=party, at=clock.now(), day=phase.day
        )
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return
    good, bad = receipts(done)
    if good:
        messages.success(request, good)
    if bad:
        messages.error(request, bad)


def _round(request: SignedInRequest, agreement_slug: str, as_of: date) -> Round:
    """Raises Http404 for a round that is not there or not visible, PermissionDenied for anybody but a coordinator."""
    agreement = agreement_or_404(request, agreement_slug)
    require(policies.can_read_rounds(request.user))
    return find(request.user, agreement, as_of, clock.today()).round


def _phase_and_open(request: SignedInRequest, agreement_slug: str, as_of: date) -> tuple[Phase, list[Round]]:
    """The round's phase, and all open rounds. Raises as `_round` does. Tells the menu the rounds, to spare it a query."""
    agreement, today = agreement_or_404(request, agreement_slug), clock.today()
    require(policies.can_read_rounds(request.user))
    everywhere = phases_everywhere(request.user, today)
    agreements = visible_agreements(request)
    rounds = [
        each.round for each in everywhere if each.is_open and each.round.agreement in adopted(agreements)
    ]
    found = [each for each in everywhere if (each.round.agreement, each.round.as_of) == (agreement, as_of)]
    if not found:
        raise Http404("Omgången finns inte.")
    request.open_rounds = rounds  # the menu need not ask for them again
    return found[0], rounds
