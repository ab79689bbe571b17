"""Gives every request an id for the log and the error pages, and keeps its response private."""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Answer = Callable[[HttpRequest], HttpResponse]

# Pages with a button to sign out. They are no-store: Chromium keeps the page that the user leaves, despite Clear-Site-Data.
WAYS_OUT = {"account_logout", "profile"}

_current: ContextVar[str] = ContextVar("request_id", default="-")
# Addresses that hold a key: of a calendar, and of a link to choose a password.
_WITH_KEY = re.compile(r"(/kalender/|/losenord/nytt/)[^\s/]+")
_FROM_PROXY = re.compile(r"[0-9a-zA-Z-]{8,64}")


def request_id(get_response: Answer) -> Answer:
    """Gives the request an `id` and adds it to the response.

    It is the proxy's X-Request-ID, if there is a proxy and what it says is well-formed. Without a proxy the header comes
    from the client, who could give all requests one id, or another's.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        is_proxys = settings.TRUSTED_PROXIES and _FROM_PROXY.fullmatch(given)
        own = given if is_proxys else uuid.uuid4().hex[:12]
        request.id = own  # type: ignore[attr-defined] # read by the error pages
        token = _current.set(own)
        try:
            response = get_response(request)
        finally:
            _current.reset(token)
        response["X-Request-ID"] = own
        return response

    return middleware


def private_pages(get_response: Answer) -> Answer:
    """Lets only the browser keep a page, if it asks before showing it again. Signing out clears what it kept.

    `no-store` everywhere would lose what the user typed when going back.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        name = request.resolver_match.view_name if request.resolver_match else ""
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = f"private, {'no-store' if name in WAYS_OUT else 'no-cache'}"
        if name == "account_logout" and request.method == "POST":
            response["Clear-Site-Data"] = '"cache"'
        return response

    return middleware


def refused_methods(get_response: Answer) -> Answer:
    """Gives a 405 a page of its own, for a button's address that somebody opens as a link."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405:
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page

    return middleware


class RequestIdFilter(logging.Filter):
    """Adds the request's id, or `-`, to every log record. Django logs the answer's status when the request is over."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = getattr(getattr(record, "request", None), "id", _current.get())
        return True


class RefusalFilter(logging.Filter):
    """Logs a refused request as a warning of one line. It is no error of ours, and the sender can repeat it at will."""

    def filter(self, record: logging.LogRecord) -> bool:
        is_refusal = record.name == "django.request" and record.levelno < logging.ERROR
        if is_refusal or record.name.startswith("django.security."):
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.exc_info = record.exc_text = None
        return True


class KeyFilter(logging.Filter):
    """Leaves the keys out of the addresses in a message: whoever reads the log could open the calendar or the account."""

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        hidden = _WITH_KEY.sub(r"\1…", message)
        if hidden != message:
            record.msg, record.args = hidden, ()
        return True
