"""The steps of an import: preview, sign the table into the page, and save it after the user's confirmation."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.core import signing
from django.db import transaction

from samverkan.lib.tables.preview import Preview
from samverkan.lib.tables.resource import TableResource
from samverkan.lib.tables.table import Table

MAX_AGE = 60 * 60  # seconds from the preview to the confirmation
MAX_SIGNED = 2_000_000  # characters; a form may send DATA_UPLOAD_MAX_MEMORY_SIZE bytes
TOO_LONG = "Filen är för stor för att läsas in på en gång. Dela upp den i flera."


class TooLong(ValueError):
    """The table is too large to send through a form. The message is a sentence in Swedish."""


class Opened(NamedTuple):
    """The table that the user confirmed, and the digest of its preview."""

    table: Table
    digest: str


class Importer:
    """One user's import of one kind of row, named by `purpose`.

    A signed table works for the same user and purpose only, for an hour. Every step reads the database again.
    """

    def __init__(self, resource: type[TableResource], *, by: Any, purpose: str) -> None:
        self.resource = resource
        self.by = by
        self._signer = signing.TimestampSigner(salt=f"import:{purpose}:{by.pk}")

    def preview(self, table: Table) -> Preview:
        """What saving would change now. A constant number of queries."""
        return self._learned().check(table)

    def signed(self, table: Table, preview: Preview) -> str:
        """The table and its preview's digest for a hidden field; empty when a row is faulty. Raises TooLong."""
        if preview.faulty:
            return ""
        shown = {"headers": table.headers, "rows": table.rows, "digest": preview.digest}
        signed = self._signer.sign_object(shown, compress=True)
        if len(signed) > MAX_SIGNED:
            raise TooLong(TOO_LONG)
        return signed

    def opened(self, signed: str) -> Opened:
        """The reverse of `signed`. Raises BadSignature for any other text, and after an hour."""
        shown = self._signer.unsign_object(signed, max_age=MAX_AGE)
        return Opened(
            Table(shown["headers"], [(number, cells) for number, cells in shown["rows"]]), shown["digest"]
        )

    def save(self, table: Table, *, at: datetime, chosen: Mapping[str, Any]) -> Preview:
        """Saves all rows, or none when the returned preview has faulty rows. Mail is sent after the commit."""
        resource = self._learned()
        with transaction.atomic():
            done = resource.save_all(table)
            if not done.faulty:
                resource.after_saving(at=at, chosen=chosen)
        return done

    def _learned(self) -> TableResource:
        resource = self.resource(self.by)
        resource.learn()
        return resource
