"""How is an uploaded file downloaded? Through a view that checks who may, never from an address of its own."""

import logging
from pathlib import PurePath

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

from samverkan.lib.fields import NamedFileField, digest_of

logger = logging.getLogger(__name__)


class NotAsRecorded(Http404):
    """The file that was uploaded is not there any more. The 404 page shows the sentence."""


def as_download(file: FieldFile, name: str) -> FileResponse:
    """The file as an attachment with a readable name. Raises Http404 when there is none.

    Raises NotAsRecorded, and logs it, when the file has gone or is not the one whose digest stands beside it.
    """
    if not file:
        raise Http404("Ingen fil finns.")
    if fault := fault_of(file):
        logger.error("%s %s", file.name, fault)
        raise NotAsRecorded("Filen är inte den som lades in här, och lämnas därför inte ut.")
    ending = PurePath(file.name or "").suffix
    headers = {"Cache-Control": "private, no-store"}
    filename = f"{_whole(name)}{ending}"
    return FileResponse(file.open("rb"), as_attachment=True, filename=filename, headers=headers)


def fault_of(file: FieldFile) -> str:
    """What is wrong with a stored file, in English for a log; empty when it is as it was uploaded."""
    recorded = getattr(file.instance, NamedFileField.digest_field)
    try:
        with file.open("rb") as content:
            return "has changed" if recorded and digest_of(content) != recorded else ""
    except OSError:
        return "is missing"


def _whole(name: str) -> str:
    """The name with a division sign for a slash, which would cut `Protokoll 7/8` to `8`."""
    return name.replace("/", "\u2215")


def why_not_handed_out(error: Exception) -> str:
    """The sentence of a NotAsRecorded; empty for any other error."""
    return str(error) if isinstance(error, NotAsRecorded) else ""
