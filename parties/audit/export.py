"""The log as a file: what the list shows with its filters, newest first."""

from collections.abc import Iterable

from parties.audit.entry import actor, called, deputies, in_one_line, kind_of, names_of, role, when
from parties.models import AuditEntry
from samverkan.lib.spreadsheets import Sheet, Value

MOST = 20_000  # entries: some seconds to write
HEADERS = [
    "Nummer", "När", "Händelse", "Konto", "Namn i dag", "Roll", "Part", "Ställföreträdare för konto", "Från adress",
    "Kommando", "Gäller", "Nummer på det", "Vad", "Ändringar", "Begäran", "Avtryck",
]  # fmt: skip


def sheet_of(entries: Iterable[AuditEntry]) -> Sheet:
    """The entries, whose accounts and parties are loaded. One query more for the accounts that they are about."""
    rows = list(entries)
    names = names_of({entry.key for entry in rows if entry.key})
    widths = [max(len(header) + 4, 16) for header in HEADERS]
    return Sheet("Ändringslogg", HEADERS, (_line(entry, names) for entry in rows), widths)


def _line(entry: AuditEntry, names: dict[int, str]) -> list[Value]:
    return [
        entry.pk,
        when(entry),
        str(entry.get_act_display()),
        entry.account_id,
        actor(entry),
        role(entry),
        str(entry.party or ""),
        ", ".join(map(str, deputies(entry))),
        entry.address,
        entry.command,
        kind_of(entry.about),
        entry.key,
        called(entry, names),
        in_one_line(entry),
        entry.request_id,
        entry.digest,
    ]
