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


class FirstAnswer:
    """Saves a form with the hidden field `submission` once, and redirects whoever sends it again to the same page.

    An answer that redirects is the first result. With any other, such as a page with faults, nothing was saved and the
    form may be sent again. It stands last among the middleware: the CSRF token and the sign-in have been asked for when
    `process_view` takes the form.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if mark := getattr(request, "submission", ""):
            self._settle(mark, response)
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
        messages.info(request, SAVED_ONCE)
        return HttpResponseRedirect(address, status=HTTPStatus.SEE_OTHER)

    def _settle(self, mark: str, response: HttpResponseBase) -> None:
        """What is saved is saved: a database that fails now does not turn the answer into a fault."""
        is_redirect = response.status_code in {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}
        try:
            submissions.settle(mark, leads_to=response.headers["Location"] if is_redirect else "")
        except DatabaseError:
            logger.warning("The answer to a sent form could not be kept", exc_info=True)
