"""The digests of entries and segments."""

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from parties.models import AuditEntry, AuditSegment

# What an entry's digest is made of, in this order.
COLUMNS = (
    "at", "act", "account_id", "role", "party_id", "deputy_for", "address", "request_id", "command", "about", "key",
    "label", "changes",
)  # fmt: skip
MARK = 8  # hexadecimal digits of a digest that tell one entry from another
_AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def moment(at: datetime) -> str:
    """The moment in UTC with six decimals, the same on both databases."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


def digest_of(values: Sequence[Any]) -> str:
    """The digest of the values of COLUMNS, with `at` as text."""
    return hashlib.sha256(_AS_JSON(values).encode()).hexdigest()


def digest_of_entry(entry: AuditEntry) -> str:
    return digest_of([moment(entry.at), *(getattr(entry, name) for name in COLUMNS[1:])])


def digest_of_entries(entries: Iterable[tuple[int, str]]) -> str:
    """The digest of keys and digests in key order."""
    whole = hashlib.sha256()
    for key, digest in entries:
        whole.update(f"{key}:{digest}\n".encode())
    return whole.hexdigest()


def marks_of(entries: Iterable[tuple[int, str]]) -> bytes:
    return zlib.compress("\n".join(f"{key} {digest[:MARK]}" for key, digest in entries).encode())


def read_marks(marks: bytes | memoryview) -> dict[int, str]:
    """The beginning of each entry's digest by its key."""
    lines = zlib.decompress(bytes(marks)).decode().split("\n")
    return {int(key): mark for key, mark in (line.split() for line in lines if line)}


def chained_digest_of(segment: AuditSegment) -> str:
    facts = [
        segment.number,
        segment.first_id,
        segment.last_id,
        segment.entries,
        segment.digest,
        hashlib.sha256(bytes(segment.marks)).hexdigest(),
        segment.previous,
        moment(segment.closed_at),
    ]
    return digest_of(facts)
