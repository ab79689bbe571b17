"""Checks the log against its sealed segments, and names the first fault."""

from collections.abc import Iterator
from dataclasses import dataclass

from parties.audit.hashing import MARK, chained_digest_of, digest_of_entries, read_marks
from parties.audit.reading import BEFORE_ALL, Stored, stored_entries
from parties.models import AuditSegment


class Broken(Exception):
    """The first fault of the log, as a sentence in Swedish, with where it is."""

    def __init__(self, what: str, segment: int | None = None, entry: int | None = None) -> None:
        self.what, self.segment, self.entry = what, segment, entry
        where = [f"segment {segment}" if segment else "", f"post {entry}" if entry else ""]
        super().__init__(": ".join(filter(None, [", ".join(filter(None, where)), what])))


@dataclass(frozen=True)
class Verified:
    """What was checked: segments, those whose entries were removed for their age, entries, and those not yet sealed."""

    segments: int
    removed: int
    entries: int
    unsealed: int
    chained: str


def verify(*, known: str = "") -> Verified:
    """Checks all segments and entries. Raises Broken with the first fault.

    `known` is a chained digest that was kept elsewhere, on paper or in another system's log. It must be in the chain, so
    that not even somebody who writes the whole chain anew goes unnoticed.
    """
    previous, number, last = "", 0, BEFORE_ALL
    removed = entries = 0
    is_known = not known
    for segment in AuditSegment.objects.order_by("number"):
        _check_link(segment, previous, number + 1, last)
        if segment.removed_at:
            removed += 1
            _refuse_between(last, segment.last_id, "en post finns kvar fast segmentet är gallrat", segment)
        else:
            _refuse_between(last, segment.first_id - 1, "posten har lagts till i efterhand", segment)
            entries += _check_entries(segment)
        previous, number, last = segment.chained, segment.number, segment.last_id
        is_known = is_known or segment.chained == known
    if not is_known:
        raise Broken("avtrycket som du angav finns inte i kedjan: den är omskriven eller avkortad")
    unsealed = sum(1 for _ in _unchanged(stored_entries(last), None))
    return Verified(number, removed, entries + unsealed, unsealed, previous)


def _check_link(segment: AuditSegment, previous: str, number: int, last: int) -> None:
    if segment.number != number:
        raise Broken(f"segment {number} saknas", number)
    if segment.previous != previous or segment.first_id <= last:
        raise Broken("segmentet hör inte ihop med det föregående: ordningen är bruten", number)
    if segment.chained != chained_digest_of(segment):
        raise Broken("segmentet är ändrat", number)


def _refuse_between(after: int, until: int, what: str, segment: AuditSegment) -> None:
    """Raises Broken when there is an entry between the keys, where none belongs."""
    if odd := next(stored_entries(after, until), None):
        raise Broken(what, segment.number, odd.key)


def _check_entries(segment: AuditSegment) -> int:
    """The number of entries. Raises Broken unless they are those that were sealed."""
    rows = _unchanged(stored_entries(segment.first_id - 1, segment.last_id), segment.number)
    found = [(row.key, row.digest) for row in rows]
    if digest_of_entries(found) != segment.digest:
        raise _difference(dict(found), read_marks(segment.marks), segment.number)
    return len(found)


def _unchanged(rows: Iterator[Stored], segment: int | None) -> Iterator[Stored]:
    """The rows. Raises Broken at the first whose values do not give its digest."""
    for row in rows:
        if row.digest != row.actual:
            raise Broken("posten är ändrad", segment, row.key)
        yield row


def _difference(found: dict[int, str], sealed: dict[int, str], segment: int) -> Broken:
    """The first entry that is missing, added or changed together with its digest."""
    for key in sorted(found.keys() | sealed.keys()):
        if key not in found:
            return Broken("posten saknas", segment, key)
        if key not in sealed:
            return Broken("posten har lagts till i efterhand", segment, key)
        if found[key][:MARK] != sealed[key]:
            return Broken("posten är ändrad, och dess avtryck med den", segment, key)
    return Broken("posterna stämmer inte med segmentets avtryck", segment)
