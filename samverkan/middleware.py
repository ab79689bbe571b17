"""What does every request get? An id that stands in the log and on the error page, and an answer that stays private."""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Answer = Callable[[HttpRequest], HttpResponse]

# Where people sign out: Chromium forgets every page but the one that they leave by that.
WAYS_OUT = {"account_logout", "profile"}

_current: ContextVar[str] = ContextVar("request_id", default="-")
_FROM_PROXY = re.compile(r"[0-9a-zA-Z-]{8,64}")


def request_id(get_response: Answer) -> Answer:
    """Gives the request an `id`, the one from a proxy's X-Request-ID when it looks like one, and answers with it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        own = given if _FROM_PROXY.fullmatch(given) else uuid.uuid4().hex[:12]
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
    """Pages are kept by nobody without asking, and after signing out the browser has forgotten them.

    It keeps a page that one has left, so that Back brings back what was typed: `no-store` would lose that.
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
    """405 with a page: an address that only a button can use, opened as a link."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405:
            return response
        page = render(request, "405.html", status=405)
        page["Allow"] = response["Allow"]
        return page

    return middleware


class RequestIdFilter(logging.Filter):
    """Puts the request's id, or `-`, on every log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _current.get()
        return True


class RefusalFilter(logging.Filter):
    """What was refused is one line and no error of ours: the sender can repeat it at will."""

    def filter(self, record: logging.LogRecord) -> bool:
        is_refusal = record.name == "django.request" and record.levelno < logging.ERROR
        if is_refusal or record.name.startswith("django.security."):
            record.levelno, record.levelname = logging.WARNING, "WARNING"
            record.exc_info = record.exc_text = None
        return True
