from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from parties.requests import SignedInRequest
from priorities import policies
from priorities.editing.forms import ConfirmForm
from priorities.models import Agreement, Need
from priorities.needs import actions
from priorities.needs.actions import why_not_removable
from priorities.needs.forms import NeedForm
from priorities.which import agreement_or_404
from samverkan.lib import clock
from samverkan.lib.access import require


@require_http_methods(["GET", "HEAD", "POST"])
def new_need(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    """*Nytt behov*, in a draft or adopted agreement."""
    agreement = agreement_or_404(request, agreement_slug)
    require(policies.can_keep_agreements(request.user))
    if agreement.is_archived and request.method != "POST":
        return _archived(request, agreement)

    form = NeedForm(request.POST if request.method == "POST" else None, agreement=agreement)
    if request.method == "POST" and (need := form.save(by=request.user, at=clock.now())):
        messages.success(request, f"Behov {need.number} är sparat.")
        return redirect("new_need" if "more" in request.POST else "need_list", agreement.slug)

    return TemplateResponse(request, "priorities/needs/edit.html", {"form": form, "agreement": agreement})


@require_http_methods(["GET", "HEAD", "POST"])
def edit_need(request: SignedInRequest, agreement_slug: str, number: int) -> HttpResponse:
    """*Ändra behovet*. A stale save changes nothing."""
    agreement = agreement_or_404(request, agreement_slug)
    need = _need_or_404(request, agreement, number)
    require(policies.can_keep_agreements(request.user))
    if agreement.is_archived and request.method != "POST":
        return _archived(request, agreement)

    form = NeedForm(request.POST if request.method == "POST" else None, agreement=agreement, need=need)
    if request.method == "POST" and form.save(by=request.user, at=clock.now()):
        messages.success(request, f"Behov {need.number} är sparat.")
        return redirect("need", agreement.slug, need.number)

    context = {"form": form, "agreement": agreement, "need": need}
    return TemplateResponse(request, "priorities/needs/edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def remove_need(request: SignedInRequest, agreement_slug: str, number: int) -> HttpResponse:
    """Asks whether to remove the need, or says why it cannot be removed."""
    agreement = agreement_or_404(request, agreement_slug)
    need = _need_or_404(request, agreement, number)
    require(policies.can_keep_agreements(request.user))
    if agreement.is_archived:
        return _archived(request, agreement)

    form = ConfirmForm(request.POST if request.method == "POST" else None, row=need)
    if form.is_valid() and form.attempt(lambda: _remove(request, need, form)):
        messages.success(request, f"Behov {need.number} är borttaget.")
        return redirect("need_list", agreement.slug)

    context = {"form": form, "agreement": agreement, "need": need, "reason": why_not_removable(need)}
    return TemplateResponse(request, "priorities/needs/remove.html", context)


def _remove(request: SignedInRequest, need: Need, form: ConfirmForm) -> bool:
    actions.remove_need(by=request.user, at=clock.now(), need=need, seen=form.cleaned_data["version"])
    return True


def _need_or_404(request: SignedInRequest, agreement: Agreement, number: int) -> Need:
    visible = Need.objects.visible_to(request.user).in_agreement(agreement)
    need: Need = get_object_or_404(
        visible.select_related("priority_area").prefetch_related("places", "sources"), number=number
    )
    return need


def _archived(request: SignedInRequest, agreement: Agreement) -> HttpResponse:
    messages.error(request, "Överenskommelsen är arkiverad och behoven i den ändras inte.")
    return redirect("need_list", agreement.slug)
