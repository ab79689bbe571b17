"""What an entry says about a changed row: each field with its value before and after, as text."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model

from parties.models import User
from samverkan.lib.values import shown

Change = tuple[str, str, str]
Values = dict[str, Any]

# Fields that are no fact of the row, or that no log may hold.
UNKEPT = {"id", "password", "last_login", "version"}


def masked(address: str) -> str:
    """An e-mail address as its first letter and its domain: who was moved to another domain shows, not who it is."""
    name, _, domain = address.partition("@")
    return f"{name[:1]}…@{domain}" if domain else ""


# What is kept of a person's own facts, since entries stay when the account is anonymised.
PERSONAL: dict[tuple[type[Model], str], Callable[[str], str]] = {
    (User, "email"): masked,
    (User, "display_name"): lambda name: "…" if name else "",
}


def before(row: Model) -> Values:
    """The row's stored values, to compare with after the change."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def after(row: Model, old: Values | None = None) -> list[Change]:
    """What differs from `old`; everything that has a value without it. One query for each changed foreign key."""
    model = type(row)
    past = model(**old) if old else None
    changed = []
    for field in model._meta.concrete_fields:
        if field.name in UNKEPT or not field.editable:
            continue
        if old is None or old[field.attname] != getattr(row, field.attname):
            pair = [_kept(each, field.name) if each else "" for each in (past, row)]
            if old or pair[1]:
                changed.append((str(field.verbose_name), pair[0], pair[1]))
    return changed


def _kept(row: Model, name: str) -> str:
    related = getattr(row, name)
    text = label_of(related) if isinstance(related, Model) else shown(row, name)
    return PERSONAL.get((type(row), name), str)(text)


def label_of(row: Model) -> str:
    """What the row is called now. An account is called by its key: the name belongs to the account, not to the log."""
    return f"Konto {row.pk}" if isinstance(row, User) else str(row)
