"""Tells who has saved a text that a character in it will be a question mark in the PDF."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse

from samverkan.lib.fonts import without_font
from samverkan.lib.names import listing
from samverkan.sent_twice import tells_an_error

NAMED = 5  # so many characters are named
NEVER_READ = "password"


def unshown_characters(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Adds a message when a form was saved: its answer redirects and tells of no error.

    Stands inside `FirstAnswer`, so that it is said once of a form that is sent twice.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_saved = response.status_code in {HTTPStatus.FOUND, HTTPStatus.SEE_OTHER}
        if request.method == "POST" and is_saved and _is_first_and_well(request):
            found = without_font(_typed(request))
            if found:
                messages.warning(request, in_words(found))
        return response

    return middleware


def _is_first_and_well(request: HttpRequest) -> bool:
    """Whether a signed-in person has sent it, for the first time, and no error has been told."""
    user, resent = getattr(request, "user", None), getattr(request, "is_resent", False)
    return user is not None and user.is_authenticated and not resent and not tells_an_error(request)


def _typed(request: HttpRequest) -> str:
    return "".join(
        value for name, values in request.POST.lists() if NEVER_READ not in name for value in values
    )


def in_words(characters: list[str]) -> str:
    named = [f"”{each}”" for each in characters[:NAMED]] + (["fler"] if len(characters) > NAMED else [])
    what, become = ("Tecknet", "blir det ett") if len(named) == 1 else ("Tecknen", "blir de")
    return f"{what} {listing(named)} finns inte i rapportens typsnitt. I PDF-filen {become} frågetecken."
