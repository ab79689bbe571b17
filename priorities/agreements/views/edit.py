from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from parties.requests import SignedInRequest
from priorities import policies
from priorities.agreements.forms import AdoptForm, AreasForm, BasicsForm, MatterForm, PartiesForm, PlacesForm
from priorities.agreements.forms.base import PartForm
from priorities.agreements.steps import WritingPage
from priorities.models import Agreement
from priorities.which import agreement_or_404
from samverkan.lib import clock
from samverkan.lib.access import require

PARTS: dict[str, tuple[str, type[PartForm], str]] = {
    "grunder": ("Rubrik, period och syften", BasicsForm, "priorities/agreements/edit/grunder.html"),
    "parter": ("Parter", PartiesForm, "priorities/agreements/edit/parter.html"),
    "omraden": ("Prioriterade områden", AreasForm, "priorities/agreements/edit/omraden.html"),
    "platser": ("Geografiska områden", PlacesForm, "priorities/agreements/edit/platser.html"),
    "arende": ("Ärende och avsiktsförklaring", MatterForm, "priorities/agreements/edit/arende.html"),
}


@require_safe
def edit_agreement(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    """Lists the steps for writing an agreement."""
    agreement = agreement_or_404(request, agreement_slug)
    require(policies.can_keep_agreements(request.user))
    page = WritingPage.of(agreement)
    return TemplateResponse(
        request, "priorities/agreements/edit/steps.html", {"page": page, "agreement": agreement}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def edit_agreement_part(request: SignedInRequest, agreement_slug: str, part: str) -> HttpResponse:
    """One step. Only a draft can be opened; a form sent after the adoption gets its text back."""
    agreement = agreement_or_404(request, agreement_slug)
    if part not in PARTS:
        raise Http404("Delen finns inte.")
    require(policies.can_keep_agreements(request.user))
    if request.method != "POST" and not agreement.is_draft:
        return _not_a_draft(request, agreement)

    heading, form_class, template = PARTS[part]
    form = form_class(
        request.POST if request.method == "POST" else None, agreement=agreement, user=request.user
    )
    if request.method == "POST" and form.save(by=request.user, at=clock.now()):
        messages.success(request, f"{heading}: sparat.")
        again = "more" in request.POST
        return redirect(request.path) if again else redirect("edit_agreement", agreement.slug)

    context = {"form": form, "agreement": agreement, "heading": heading}
    return TemplateResponse(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
def adopt_agreement(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    """Asks whether to adopt the draft, and says what it holds and what follows. Refuses while something is missing.

    A form that is sent after somebody else has adopted it comes back with the decision that was typed.
    """
    agreement = agreement_or_404(request, agreement_slug)
    require(policies.can_keep_agreements(request.user))
    if request.method != "POST" and not agreement.is_draft:
        return _not_a_draft(request, agreement)

    form = AdoptForm(request.POST if request.method == "POST" else None, agreement=agreement)
    if request.method == "POST" and form.save(by=request.user, at=clock.now()):
        messages.success(request, f"{agreement} är fastställd.")
        return redirect("agreement", agreement.slug)

    context = {"form": form, "page": WritingPage.of(agreement), "agreement": agreement}
    return TemplateResponse(request, "priorities/agreements/adopt.html", context)


def _not_a_draft(request: SignedInRequest, agreement: Agreement) -> HttpResponse:
    messages.error(request, f"Överenskommelsen är {agreement.get_status_display().lower()} och ändras inte.")
    return redirect("agreement", agreement.slug)
