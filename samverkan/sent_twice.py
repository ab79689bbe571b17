"""Answers a form that is sent twice, by a double click or again after a lost connection, with the first result."""

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect

from parties import submissions
from samverkan.failures import still_saving

logger = logging.getLogger(__name__)

SAVED_ONCE = "Det du skickade kom fram redan första gången. Inget är sparat två gånger."


def tells_an_error(request: HttpRequest) -> bool:
    """Whether this request has left a message that nothing was saved. Those of earlier requests do not count."""
    queued = getattr(
        messages.get_messages(request), "_queued_messages", []
    )  # to iterate would take them off the page
    mine = [message for message in queued if submissions.SAVED not in (message.extra_tags or "").split()]
    return any(message.level >= messages.ERROR for message in mine)


class FirstAnswer:
    """Saves a form with the hidden field `submission` once, and redirects whoever sends it again to the same page.

    An answer that redirects is the first result. With any other, such as a page with faults, nothing was saved and the
    form may be sent again. So it may when the redirect leads to a message of an error, as that the agreement is archived;
    a view that saves and then tells of an error, as of a mail that could not be sent, tags its message with SAVED.
    It stands last among the middleware: the CSRF token and the sign-in have been asked for when `process_view` takes the
    form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if mark := getattr(request, "submission", ""):
            self._settle(request, mark, response)
        return response

    def process_view(self, request: Any, view: object, *arguments: object) -> HttpResponse | None:
        if request.method != "POST" or not request.user.is_authenticated:
            return None
        mark = submissions.mark_of(request)
        if not mark:
            return None
        try:
            address = submissions.claim(mark)
        except submissions.StillSaving:
            return still_saving(request)
        if not address:
            request.submission = mark
            return None
        request.is_resent = True
        messages.info(request, SAVED_ONCE)
        return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)

    def _settle(self, request: HttpRequest, mark: str, response: HttpResponseBase) -> None:
        """What is saved is saved: a database that fails now does not turn the answer into a fault."""
        is_redirect = response.status_code in {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}
        is_saved = is_redirect and not tells_an_error(request)
        try:
            submissions.settle(mark, leads_to=response.headers["Location"] if is_saved else "")
        except DatabaseError:
            logger.warning("The answer to a sent form could not be kept", exc_info=True)
