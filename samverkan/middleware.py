"""What does every request get? An id that stands in the log and on the error page."""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

_current: ContextVar[str] = ContextVar("request_id", default="-")
_FROM_PROXY = re.compile(r"[0-9a-zA-Z-]{8,64}")


def request_id(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
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


class RequestIdFilter(logging.Filter):
    """Puts the request's id, or `-`, on every log line."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _current.get()
        return True
