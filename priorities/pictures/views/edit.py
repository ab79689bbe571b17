from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from parties.querysets import is_shut_out
from parties.requests import SignedInRequest
from priorities import policies
from priorities.models import SituationalPicture
from priorities.pictures.actions import missing_parts
from priorities.pictures.forms import AdoptPictureForm, PictureForm
from samverkan.lib import clock
from samverkan.lib.access import require


@require_http_methods(["GET", "HEAD", "POST"])
def new_picture(request: SignedInRequest) -> HttpResponse:
    """*Ny lägesbild*: adds a draft."""
    if is_shut_out(request.user):
        raise Http404("Lägesbilderna visas inte.")
    require(policies.can_keep_agreements(request.user))
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PictureForm(*sent, user=request.user)
    if request.method == "POST" and (picture := form.save(by=request.user, at=clock.now())):
        messages.success(request, f"{picture} är sparad som utkast.")
        return redirect("edit_picture" if "more" in request.POST else "picture", picture.year)

    return TemplateResponse(request, "priorities/pictures/edit.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def edit_picture(request: SignedInRequest, year: int) -> HttpResponse:
    """*Ändra lägesbilden*. 404 for an adopted one, but a form sent after the adoption gets its text back."""
    picture = _picture_or_404(request, year)
    require(policies.can_keep_agreements(request.user))
    if picture.is_adopted and request.method != "POST":
        raise Http404("Lägesbilden är fastställd.")

    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = PictureForm(*sent, user=request.user, picture=picture)
    if request.method == "POST" and (saved := form.save(by=request.user, at=clock.now())):
        messages.success(request, f"{saved} är sparad.")
        return redirect("edit_picture" if "more" in request.POST else "picture", saved.year)

    return TemplateResponse(request, "priorities/pictures/edit.html", {"form": form, "picture": picture})


@require_http_methods(["GET", "HEAD", "POST"])
def adopt_picture(request: SignedInRequest, year: int) -> HttpResponse:
    """Asks whether to adopt the lägesbild, which then never changes. Refuses while one of its parts is empty."""
    picture = _picture_or_404(request, year)
    require(policies.can_keep_agreements(request.user))
    if picture.is_adopted:
        raise Http404("Lägesbilden är fastställd.")

    sent = request.POST if request.method == "POST" else None
    form = AdoptPictureForm(sent, picture=picture, today=clock.today())
    if request.method == "POST" and form.save(by=request.user, at=clock.now()):
        messages.success(request, f"{picture} är fastställd.")
        return redirect("picture", picture.year)

    context = {"form": form, "picture": picture, "missing": missing_parts(picture)}
    return TemplateResponse(request, "priorities/pictures/adopt.html", context)


def _picture_or_404(request: SignedInRequest, year: int) -> SituationalPicture:
    visible = SituationalPicture.objects.visible_to(request.user)
    picture: SituationalPicture = get_object_or_404(
        visible.prefetch_related("attachments", "participants", "uses__source", "uses__places"), year=year
    )
    return picture
