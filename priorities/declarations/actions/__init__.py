"""Writes declarations and their matters. `priorities.agreements.actions` explains `by`, `at` and `seen`."""

from priorities.declarations.actions.declaration import (
    Signature,
    edit_declaration,
    write_declaration_matter,
    write_points,
    write_signatories,
)
from priorities.declarations.actions.matter import write_matter

__all__ = [
    "Signature",
    "edit_declaration",
    "write_declaration_matter",
    "write_matter",
    "write_points",
    "write_signatories",
]
