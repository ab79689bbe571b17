from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from parties.querysets import is_shut_out
from parties.requests import SignedInRequest
from priorities import policies
from priorities.first_steps import actions
from priorities.first_steps.forms import NewAgreementForm
from priorities.models import FirstStepKind
from priorities.which import agreement_or_404
from samverkan.lib import clock
from samverkan.lib.access import require


@require_http_methods(["GET", "HEAD", "POST"])
def new_agreement(request: SignedInRequest) -> HttpResponse:
    """*Lägg upp en överenskommelse*: an empty draft, which the coordinator then writes step by step."""
    if is_shut_out(request.user):
        raise Http404("Överenskommelserna visas inte.")
    require(policies.can_keep_agreements(request.user))
    form = NewAgreementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and (agreement := form.save(by=request.user, at=clock.now())):
        messages.success(request, f"{agreement} är upplagd som utkast.")
        return redirect("edit_agreement", agreement.slug)

    return TemplateResponse(request, "priorities/first_steps/new_agreement.html", {"form": form})


@require_POST
def first_step(request: SignedInRequest, agreement_slug: str, step: str) -> HttpResponse:
    """Puts a step of *Kom igång* aside (`lagg=undan`), or takes it back."""
    agreement = agreement_or_404(request, agreement_slug)
    if step not in FirstStepKind.values:
        raise Http404("Steget finns inte.")
    require(policies.can_keep_agreements(request.user))
    is_aside = request.POST.get("lagg") == "undan"
    act, said = (
        (actions.put_step_aside, "är undanlagt") if is_aside else (actions.take_step_back, "är tillbaka")
    )
    chosen = FirstStepKind(step)
    try:
        act(by=request.user, agreement=agreement, step=chosen)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, f"Steget ”{chosen.label}” {said}.")
    return redirect(f"{reverse('overview', args=[agreement.slug])}#kom-igang")
