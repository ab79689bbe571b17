"""What may be sent: nobody who is not signed in stores a file here, and no request is larger than the largest file."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest, HttpResponse

from samverkan.views import too_large

Answer = Callable[[HttpRequest], HttpResponse]


class SignedInOnly(FileUploadHandler):
    """The first of the handlers: throws away a stranger's file before any other has stored it."""

    def new_file(self, *args: Any, **options: Any) -> None:
        """Raises SkipFile for whoever is not signed in."""
        super().new_file(*args, **options)
        if not self.request.user.is_authenticated:  # type: ignore[union-attr] # every request has a user here
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hands the chunk on to the next handler."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leaves the file to the next handler."""


def limited_bodies(get_response: Answer) -> Answer:
    """Answers 413 to a larger body than the largest file with its form, before anything of it is read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        return too_large(request) if length > settings.MAX_BODY_BYTES else get_response(request)

    return middleware
