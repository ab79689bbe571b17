"""How is an uploaded file downloaded? Through a view that checks who may, never from an address of its own."""

from pathlib import PurePath

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404


def as_download(file: FieldFile, name: str) -> FileResponse:
    """The file as an attachment with a readable name. Raises Http404 when there is none."""
    if not file:
        raise Http404("Ingen fil finns.")
    try:
        content = file.open("rb")
    except FileNotFoundError as error:
        raise Http404("Filen saknas.") from error
    ending = PurePath(file.name or "").suffix
    headers = {"Cache-Control": "private, no-store"}
    return FileResponse(content, as_attachment=True, filename=f"{_whole(name)}{ending}", headers=headers)


def _whole(name: str) -> str:
    """The name with a division sign for a slash, which would cut `Protokoll 7/8` to `8`."""
    return name.replace("/", "\u2215")
