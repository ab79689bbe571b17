from django.http import Http404, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from parties.querysets import is_shut_out
from parties.requests import SignedInRequest
from priorities import policies
from priorities.models import Need, SituationalPicture
from priorities.pictures.page import PicturePage


@require_safe
def picture_list(request: SignedInRequest) -> HttpResponse:
    """*Lägesbilder*: one for each year, latest first."""
    if is_shut_out(request.user):
        raise Http404("Lägesbilderna visas inte.")
    pictures = SituationalPicture.objects.visible_to(request.user).for_list()
    may_keep = policies.can_keep_agreements(request.user)
    return TemplateResponse(
        request, "priorities/pictures/picture_list.html", {"pictures": pictures, "may_keep": may_keep}
    )


@require_safe
def picture(request: SignedInRequest, year: int) -> HttpResponse:
    """One lägesbild: the law's three parts, its sources and the needs that cite them."""
    visible = SituationalPicture.objects.visible_to(request.user)
    page = PicturePage.of(visible, Need.objects.visible_to(request.user), year)
    may_keep = policies.can_keep_agreements(request.user)
    context = {"page": page, "picture": page.picture, "may_keep": may_keep}
    return TemplateResponse(request, "priorities/pictures/picture.html", context)
