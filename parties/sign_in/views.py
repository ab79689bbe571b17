"""*Logga in*, by a mailed code or a password: django-allauth's views with our own messages."""

from typing import Any

from allauth.account import views
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import clear_login, get_pending_stage
from allauth.account.stages import LoginStage
from allauth.account.utils import get_login_redirect_url, passthrough_next_redirect_url
from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from parties.sign_in import devices, may_have_code
from parties.sign_in.code_mail import RedirectThen

NOT_ASKED = "En kod fungerar en gång, och bara i den webbläsare där du bad om den. Be om en kod här."
TOO_OLD = "Koden gäller inte längre. Be om en ny."
GUESSED = "Koden stämde inte, och du har inga försök kvar. Be om en ny."
RENEWED = "Nu gäller bara den nya koden."


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(get_login_redirect_url(request))
    if not asks_for_code(request.POST):
        return views.login(request)
    was_asked = get_pending_stage(request) is not None
    answer = views.request_login_code(request)
    outgoing = getattr(request, "outgoing", None)
    if not outgoing:
        return answer  # the page again, with its faults
    if was_asked:
        messages.success(request, RENEWED)
    return RedirectThen(answer["Location"], then=outgoing.send)


def asks_for_code(form: QueryDict) -> bool:
    """True for the code's button, and for Enter without a password."""
    return form.get("way") == "code" or (form.get("way") == "enter" and not form.get("password"))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
@rate_limit(action="confirm_login_code")
def confirm_code(request: HttpRequest) -> HttpResponse:
    """Takes the code, only in the browser that asked for it."""
    if request.user.is_authenticated:
        return redirect(get_login_redirect_url(request))
    stage = get_pending_stage(request)
    if stage is None:
        return start_again(request, NOT_ASKED)
    if is_too_old(stage):
        clear_login(request)
        return start_again(request, TOO_OLD)
    answer: Any = views.confirm_login_code(request)
    if request.user.is_authenticated:
        if request.POST.get("trust"):
            devices.trust(request.session)
        return answer
    return answer if get_pending_stage(request) else start_again(request, GUESSED)


def is_too_old(stage: LoginStage) -> bool:
    """True if the code has expired, or the account has been closed or got another address since the mail."""
    if LoginCodeVerificationProcess.resume(stage) is None:
        return True
    user = stage.login.user
    return user is not None and not (
        may_have_code(user) and user.email.lower() == stage.state["email"].lower()
    )


def start_again(request: HttpRequest, why: str) -> HttpResponse:
    """Goes back to the first step with a message, and remembers the page to go to afterwards."""
    messages.error(request, why)
    return redirect(passthrough_next_redirect_url(request, reverse("account_login"), REDIRECT_FIELD_NAME))
