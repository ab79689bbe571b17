"""Signing in by a mailed code or a password, and a new password by mail: django-allauth's views with our own rules."""

from http import HTTPStatus
from typing import Any

from allauth.account import views
from allauth.account.internal.stagekit import clear_login, get_pending_stage
from allauth.account.utils import get_login_redirect_url, passthrough_next_redirect_url
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from parties import attempts, audit
from parties.audit import Act
from parties.sign_in import client_of, devices, ended_invitations, known_devices, record_stopped
from parties.sign_in.issued_codes import count_guess, is_too_old, name_of
from parties.sign_in.outgoing import RedirectThen

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
        return known_from_now_on(views.login(request), request.user)
    was_asked = get_pending_stage(request) is not None
    answer = views.request_login_code(request)
    outgoing = getattr(request, "outgoing", None)
    if not outgoing:
        return answer  # the page again, with its faults
    request.session["code_digits"] = outgoing.digits
    request.session["code_counted"] = outgoing.counted
    if was_asked:
        messages.success(request, RENEWED)
    return RedirectThen(answer["Location"], then=outgoing.send)


def known_from_now_on(answer: HttpResponse, user: Any) -> HttpResponse:
    """The answer, with a cookie that makes the browser known to the user's account if there is one."""
    if user and user.is_authenticated:
        known_devices.remember(answer, user)
    return answer


def asks_for_code(form: QueryDict) -> bool:
    """True for the code's button, and for Enter without a password."""
    return form.get("way") == "code" or (form.get("way") == "enter" and not form.get("password"))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
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
    try:
        counted = count_guess(request, stage) if request.method == "POST" else []
    except attempts.TooMany as refused:
        record_stopped(Act.CODE_FAILED, refused, stage.state["email"])
        return too_many(request, refused)
    code = name_of(stage)
    answer: Any = views.confirm_login_code(request)
    if request.user.is_authenticated:
        return signed_in_by_code(request, answer, code, counted)
    if request.method == "POST":
        audit.record(Act.CODE_FAILED, by=None, of=stage.login.user)
    return answer if get_pending_stage(request) else start_again(request, GUESSED)


def signed_in_by_code(request: HttpRequest, answer: Any, code: str, counted: list[str]) -> HttpResponse:
    """The answer to a right code; to all but the first of those that came at once the start, signed out."""
    if not attempts.is_allowed("code used", code=code):
        logout(request)
        return start_again(request, NOT_ASKED)
    attempts.give_back([*counted, *request.session.pop("code_counted", [])])
    if request.POST.get("trust"):
        devices.trust(request.session)
    return known_from_now_on(answer, request.user)


def too_many(request: HttpRequest, refused: attempts.TooMany) -> HttpResponse:
    """The start when all guesses at a code are used up, otherwise 429 with how long to wait."""
    if refused.per == "code":
        clear_login(request)
        return start_again(request, GUESSED)
    return render(request, "429.html", {"wait": refused.wait}, status=429)


def start_again(request: HttpRequest, why: str) -> HttpResponse:
    """Goes back to the first step with a message, and remembers the page to go to afterwards."""
    messages.error(request, why)
    return redirect(passthrough_next_redirect_url(request, reverse("account_login"), REDIRECT_FIELD_NAME))


def change_password(request: HttpRequest) -> HttpResponse:
    """*Byt lösenord*, or by mail without one. Of all known devices this one alone stays known."""
    if request.user.is_authenticated and not request.user.has_usable_password():
        return redirect("account_reset_password")
    answer: HttpResponse = views.password_change(request)
    return known_from_now_on(answer, request.user) if answer.status_code == HTTPStatus.FOUND else answer


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_password(request: HttpRequest) -> HttpResponse:
    """*Nytt lösenord*: mails a link after the answer, which is the same whether or not the address has an account."""
    answer: HttpResponse = views.password_reset(request)
    outgoing = getattr(request, "outgoing", None)
    return RedirectThen(answer["Location"], then=outgoing.send) if outgoing else answer


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password1", "password2")
def new_password(request: HttpRequest, uidb36: str, key: str) -> HttpResponse:
    """*Välj ett nytt lösenord*, from the link in the mail or in an invitation. Counts those that are wrong or too old.

    The link is judged first, so that nobody at the same network address keeps a right one out. It is an HMAC of 128 bits,
    compared in constant time: to judge a guess gives nothing away, and each wrong one is counted, also of many at once.
    Whoever has chosen a password may sign in with it at once, however many wrong ones came before.
    """
    answer: Any = views.password_reset_from_key(request, uidb36=uidb36, key=key)
    if getattr(answer, "context_data", {}).get("token_fail"):
        if ended_invitations.is_one(request, uidb36, key):
            return ended_invitations.lead_to_sign_in(request)
        try:
            attempts.count("reset link", client=client_of(request))
        except attempts.TooMany as refused:
            return too_many(request, refused)
    return known_from_now_on(answer, getattr(request, "proven", None))
