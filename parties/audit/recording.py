"""Adds entries to the log."""

import json
from collections.abc import Iterable

from django.db.models import Model

from parties.acts import Act
from parties.audit.changes import Change, Values, after, label_of
from parties.audit.hashing import digest_of_entry
from parties.audit.origin import client_address, request_id
from parties.models import AuditEntry, Deputy, User
from samverkan.lib import clock
from samverkan.lib.commands import running_command

LONGEST = 200  # characters of a label; a title may be longer


def record(
    act: Act, *, by: User | None, of: Model | None = None, label: str = "", changes: Iterable[Change] = ()
) -> AuditEntry:
    """Adds an entry. `by` is None for a command and for somebody who has not signed in.

    `of` is what it was done to; `label` says what it is called when there is no row, or more than its name.
    """
    entry = AuditEntry(
        at=clock.now(),
        act=act,
        account_id=by.pk if by else None,
        role=by.role if by else "",
        party_id=by.party_id if by else None,
        deputy_for=deputies_for(by),
        address=client_address()[:45],
        request_id=request_id(),
        command=running_command(),
        about=of._meta.label_lower if of else "",
        key=of.pk if of else None,
        label=(label or (label_of(of) if of else ""))[:LONGEST],
        changes=_as_json(changes),
    )
    entry.digest = digest_of_entry(entry)
    entry.save(force_insert=True)
    return entry


def record_change(
    row: Model, old: Values, *, by: User | None, act: Act = Act.CHANGED, label: str = ""
) -> None:
    """Adds an entry with what differs from the values `before` the change, if anything does."""
    if changes := after(row, old):
        record(act, by=by, of=row, label=label, changes=changes)


def deputies_for(by: User | None) -> str:
    """The keys of the accounts that the person stands in for today. One query for a representative, else none."""
    if by is None or not by.is_representative:
        return ""
    periods = Deputy.objects.stood_in_for(by.pk, clock.today()).order_by("person_id")
    return ",".join(str(key) for key in periods.values_list("person", flat=True))[:LONGEST]


def _as_json(changes: Iterable[Change]) -> str:
    listed = [list(change) for change in changes]
    return json.dumps(listed, ensure_ascii=False) if listed else ""
