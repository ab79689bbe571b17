"""The start page, the pages about the product itself, and the error pages."""

import sys
from datetime import timedelta

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import get_template
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from parties.models import User
from parties.policies import can_have_calendar
from parties.requests import SignedInRequest
from parties.roles import Role
from parties.sign_in import devices
from priorities.which import current_agreement, visible_agreements
from samverkan.failures import failed, failure_of
from samverkan.glossary import GLOSSARY
from samverkan.lib import clock
from samverkan.lib.downloads import why_not_handed_out
from samverkan.menu import start_of
from samverkan.signed_out import sent_texts, token_renewed


@require_safe
def start(request: SignedInRequest) -> HttpResponse:
    """Redirects to where the role begins; before there is anything to show, a page says whom to ask."""
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
    """*Konto*: the account, what its role may do, and how long this device stays signed in."""
    days = devices.days_left(request.session)
    context = {
        "role": request.user.get_role(),
        "trusted_until": None if days is None else clock.today() + timedelta(days=days),
        "may_have_calendar": can_have_calendar(request.user),
    }
    return TemplateResponse(request, "samverkan/profile.html", context)


@require_safe
def contact(request: SignedInRequest) -> HttpResponse:
    """*Kontakt*: whom to ask. A footer with addresses would cost every page a query and hold only one coordinator."""
    return TemplateResponse(
        request, "samverkan/contact.html", {"contacts": User.objects.visible_to(request.user).contacts()}
    )


@require_safe
def help_page(request: SignedInRequest) -> HttpResponse:
    """*Hjälp*: the glossary, how to do things, and what each role may do."""
    context = {
        "roles": list(Role),
        "own_role": request.user.get_role(),
        "glossary": GLOSSARY,
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


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 with the addresses to ask, and the sent texts, since the right may have gone while the user was writing."""
    contacts = User.objects.visible_to(request.user).contacts() if request.user.is_authenticated else []
    context = {"contacts": contacts, "texts": sent_texts(request)}
    return TemplateResponse(request, "403.html", context, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 with the sent texts, since the page may have gone while the user was writing."""
    context = {"texts": sent_texts(request), "why": why_not_handed_out(exception)}
    return TemplateResponse(request, "404.html", context, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answers a form that was open too long: keeps what was typed, or says how to keep it."""
    return token_renewed(request)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 when the database or the disk has failed. Uses no context processor and no database."""
    if failure := failure_of(sys.exc_info()[1]):
        return failed(request, failure)
    return _plain_page(request, "500.html", 500)


def bad_request(request: HttpRequest, exception: SuspiciousOperation) -> HttpResponse:
    """400. Uses only the id of a request that cannot be read."""
    return _plain_page(request, "400.html", 400, too_long=isinstance(exception, RequestDataTooBig))


def too_large(request: HttpRequest) -> HttpResponse:
    """413 for a request that is larger than any form of ours."""
    return _plain_page(request, "400.html", 413, too_long=True)


def _plain_page(request: HttpRequest, template: str, status: int, *, too_long: bool = False) -> HttpResponse:
    page = get_template(template).render({"request_id": getattr(request, "id", ""), "too_long": too_long})
    return HttpResponse(page, status=status)
