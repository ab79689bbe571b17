from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods, require_safe

from parties.policies import can_keep_declarations
from parties.requests import SignedInRequest
from priorities.declarations.actions.declaration import CLOSED, is_closed
from priorities.declarations.forms import (
    DeclarationBasicsForm,
    DeclarationMatterForm,
    PointsForm,
    SignatoriesForm,
)
from priorities.declarations.forms.base import DeclarationForm
from priorities.declarations.steps import steps_of
from priorities.models import Agreement
from priorities.which import agreement_or_404
from samverkan.lib import clock
from samverkan.lib.access import require

PARTS: dict[str, tuple[str, type[DeclarationForm], str]] = {
    "grunder": (
        "Rubrik, giltighet och syfte",
        DeclarationBasicsForm,
        "priorities/declarations/edit/grunder.html",
    ),
    "parter": ("Parter och underskrifter", SignatoriesForm, "priorities/declarations/edit/parter.html"),
    "arende": (
        "Avsiktsförklaringens ärende",
        DeclarationMatterForm,
        "priorities/declarations/edit/arende.html",
    ),
    "punkter": ("Beslutspunkter", PointsForm, "priorities/declarations/edit/punkter.html"),
}


@require_safe
def edit_declaration(request: SignedInRequest, agreement_slug: str) -> HttpResponse:
    """Lists the steps for writing a declaration."""
    agreement = agreement_or_404(request, agreement_slug)
    require(can_keep_declarations(request.user))
    declaration = agreement.declaration
    if is_closed(declaration):
        return _closed(request, agreement)

    context = {"steps": steps_of(declaration, agreement), "declaration": declaration, "agreement": agreement}
    return TemplateResponse(request, "priorities/declarations/edit/steps.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_declaration_part(request: SignedInRequest, agreement_slug: str, part: str) -> HttpResponse:
    """One step. Refuses once all agreements under the declaration are archived."""
    agreement = agreement_or_404(request, agreement_slug)
    if part not in PARTS:
        raise Http404("Delen finns inte.")
    require(can_keep_declarations(request.user))
    declaration, is_sent = agreement.declaration, request.method == "POST"
    if not is_sent and is_closed(declaration):
        return _closed(request, agreement)

    heading, form_class, template = PARTS[part]
    form = form_class(request.POST if is_sent else None, declaration=declaration, user=request.user)
    if is_sent and form.save(by=request.user, at=clock.now()):
        messages.success(request, f"{heading}: sparat.")
        again = "more" in request.POST
        return redirect(request.path) if again else redirect("edit_declaration", agreement.slug)

    context = {"form": form, "agreement": agreement, "heading": heading}
    return TemplateResponse(request, template, context)


def _closed(request: SignedInRequest, agreement: Agreement) -> HttpResponse:
    messages.error(request, CLOSED)
    return redirect("declaration", agreement.slug)
