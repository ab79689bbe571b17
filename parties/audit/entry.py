"""How an entry is written out: on its page, in the list and in the export."""

from collections.abc import Mapping

from django.apps import apps

from parties.models import AuditEntry, User
from samverkan.lib import clock

# The kinds of rows that entries are about, as the filter offers them.
ABOUT = (
    "parties.user", "parties.party", "parties.unit", "parties.deputy", "parties.calendaraddress", "parties.declaration",
    "parties.matter", "parties.signatory", "parties.auditsegment", "priorities.agreement", "priorities.agreementparty",
    "priorities.agreementattachment",
    "priorities.situationalpicture", "priorities.place", "priorities.source", "activities.activity",
)  # fmt: skip
OF_ACCOUNT = ABOUT[0]


def kind_of(about: str) -> str:
    """What a kind of row is called, such as `Konto`; the label itself for one that is gone."""
    try:
        return str(apps.get_model(about)._meta.verbose_name).capitalize()
    except (LookupError, ValueError):
        return about


def called(entry: AuditEntry, names: Mapping[int, str]) -> str:
    """What the entry is about: the kind and what it was called then, for an account its name now."""
    if not entry.about:
        return entry.label
    name = names.get(entry.key or 0, entry.label) if entry.about == OF_ACCOUNT else entry.label
    return f"{kind_of(entry.about)}: {name}"


def actor(entry: AuditEntry) -> str:
    """Who did it: the account's name now, the command, or nobody who was signed in."""
    if entry.account:
        return entry.account.display_name
    return f"Kommandot {entry.command}" if entry.command else "Ej inloggad"


def role(entry: AuditEntry) -> str:
    """The role that the account had then."""
    return str(entry.get_role_display())


def when(entry: AuditEntry) -> str:
    return f"{clock.local(entry.at):%Y-%m-%d %H:%M:%S}"


def in_one_line(entry: AuditEntry) -> str:
    """The changes as `Roll: Läsare → Samordnare; Part: → Polisen`."""
    return "; ".join(f"{name}: {old} → {new}".replace(":  →", ": →") for name, old, new in entry.changed)


def deputies(entry: AuditEntry) -> list[int]:
    """The keys of the accounts that the person stood in for."""
    return [int(key) for key in entry.deputy_for.split(",") if key.isdecimal()]


def names_of(keys: set[int]) -> dict[int, str]:
    """The names that the accounts have now. One query."""
    return dict(User.objects.filter(pk__in=keys).values_list("pk", "display_name"))
