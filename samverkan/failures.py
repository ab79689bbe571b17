"""What people read when the database or the disk has failed. Nothing is half saved: the transaction is rolled back."""

import errno
from enum import Enum
from typing import Any

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from samverkan.signed_out import sent_texts

RETRY_AFTER_SECONDS = 60


class Failure(Enum):
    """The heading and the sentence of each kind of failure."""

    READ_ONLY = (
        "Det går inte att spara just nu",
        "Samverkan kan bara läsas just nu. Det går att läsa allt, men inte att ändra något.",
    )
    FULL = ("Det går inte att spara just nu", "Servern har inte plats för mer.")
    BUSY = ("Det går inte att spara just nu", "Många sparar på en gång. Försök igen om en minut.")
    MISSING = (
        "Samverkan svarar inte just nu",
        "Databasen saknas eller går inte att öppna. Försök igen om en stund.",
    )
    DOWN = ("Samverkan svarar inte just nu", "Databasen går inte att nå. Försök igen om en stund.")


STILL_SAVING = (
    "Det du skickade sparas fortfarande",
    "Vänta en minut och ladda sedan om sidan. Det sparas bara en gång.",
)

# What SQLite says, and PostgreSQL's codes or how they begin.
_SAID = {
    "readonly database": Failure.READ_ONLY,
    "is full": Failure.FULL,
    "disk I/O error": Failure.FULL,  # as a connection is opened on a full disk
    "is locked": Failure.BUSY,
    "unable to open database": Failure.MISSING,
}
_CODES = {
    "25006": Failure.READ_ONLY,
    "53100": Failure.FULL,
    "53": Failure.BUSY,
    "55P03": Failure.BUSY,  # waited too long for another's row
    "57014": Failure.BUSY,  # took too long
    "25P03": Failure.DOWN,  # the server has closed a transaction in which nothing happened
    "57P": Failure.DOWN,
    "08": Failure.DOWN,
}


def failure_of(error: BaseException | None) -> Failure | None:
    """What has failed, by the error of the database or of the disk; None for a fault of our own."""
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return Failure.FULL
    if not isinstance(error, DatabaseError | InterfaceError):
        return None
    code = getattr(error.__cause__, "sqlstate", None)
    if code:
        return next((failure for begins, failure in _CODES.items() if code.startswith(begins)), None)
    said = next((failure for words, failure in _SAID.items() if words in str(error)), None)
    return said or (Failure.DOWN if type(error.__cause__).__module__.startswith("psycopg") else None)


def failed(request: HttpRequest, failure: Failure) -> HttpResponse:
    """503 with what has failed and what was written. Needs no database."""
    return _unavailable(request, *failure.value, texts=sent_texts(request), was_sent=request.method == "POST")


def still_saving(request: HttpRequest) -> HttpResponse:
    """503 for a form that is sent again before the first one is saved. Does not say that nothing is saved."""
    return _unavailable(request, *STILL_SAVING)


def _unavailable(request: HttpRequest, heading: str, sentence: str, **sent: Any) -> HttpResponse:
    context = {"heading": heading, "sentence": sentence, "request_id": getattr(request, "id", ""), **sent}
    answer = HttpResponse(get_template("503.html").render(context), status=503)
    answer["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return answer
