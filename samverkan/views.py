"""Where does a person begin, and what does the product say about itself?"""

from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import get_template
from django.template.response import TemplateResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from parties.models import User
from parties.policies import can_have_calendar
from parties.requests import SignedInRequest
from parties.roles import Role
from parties.sign_in import devices
from priorities.which import current_agreement, visible_agreements
from samverkan.glossary import GLOSSARY
from samverkan.lib import clock
from samverkan.menu import start_of
from samverkan.signed_out import grown_old, texts_of


@require_safe
def start(request: SignedInRequest) -> HttpResponse:
    """The page that answers what the role needs to do now."""
    agreement = current_agreement(visible_agreements(request), today=clock.today())
    if address := start_of(request.user, agreement):
        return redirect(address)
    return TemplateResponse(
        request,
        "samverkan/nothing_yet.html",
        {"contacts": User.objects.visible_to(request.user).contacts()},
    )


@require_safe
def profile(request: SignedInRequest) -> HttpResponse:
    """*Konto*: who I am here, what my role may do, and how long this device stays signed in."""
    days = devices.days_left(request.session)
    context = {
        "role": request.user.get_role(),
        "trusted_until": None if days is None else clock.today() + timedelta(days=days),
        "may_have_calendar": can_have_calendar(request.user),
    }
    return TemplateResponse(request, "samverkan/profile.html", context)


@require_safe
def contact(request: SignedInRequest) -> HttpResponse:
    """*Kontakt*: whom to ask."""
    return TemplateResponse(
        request, "samverkan/contact.html", {"contacts": User.objects.visible_to(request.user).contacts()}
    )


@require_safe
def help_page(request: SignedInRequest) -> HttpResponse:
    """*Hjälp*: what the words mean, how things are done, and what each role may."""
    context = {
        "roles": list(Role),
        "own_role": request.user.get_role(),
        "words": GLOSSARY,
        "contacts": User.objects.visible_to(request.user).contacts(),
    }
    return TemplateResponse(request, "samverkan/help.html", context)


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "samverkan/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "samverkan/privacy.html")


@never_cache
@login_not_required
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 when the database answers and holds every migration, 503 otherwise. Tells nothing that is secret."""
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return JsonResponse({"status": "database missing"}, status=503)
    return JsonResponse({"status": "migration missing" if missing else "ok"}, status=503 if missing else 200)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: seen but not theirs to do, with whom to ask, and with what they wrote if it was theirs a moment ago."""
    contacts = User.objects.visible_to(request.user).contacts() if request.user.is_authenticated else []
    context = {"contacts": contacts, "texts": texts_of(request)}
    return TemplateResponse(request, "403.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, with what somebody wrote on a page that has been removed meanwhile."""
    return TemplateResponse(request, "404.html", {"texts": texts_of(request)}, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For a form that was open too long: what was typed in it is kept, or the page says how to keep it."""
    return grown_old(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Uses no context processor and no database: either may be what failed."""
    return _bare(request, "500.html", 500)


def bad_request(request: HttpRequest, exception: SuspiciousOperation) -> HttpResponse:
    """400: what cannot be read is not trusted, so nothing of the request is used but its id."""
    return _bare(request, "400.html", 400, too_long=isinstance(exception, RequestDataTooBig))


def _bare(request: HttpRequest, template: str, status: int, *, too_long: bool = False) -> HttpResponse:
    page = get_template(template).render({"request_id": getattr(request, "id", ""), "too_long": too_long})
    return HttpResponse(page, status=status)
