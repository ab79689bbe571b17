"""The base of the forms for a declaration's steps."""

from typing import Any

from parties.models import Declaration, User
from priorities.declarations.actions.declaration import CLOSED, is_closed
from priorities.editing.forms import WholeForm


class DeclarationForm(WholeForm):
    def __init__(
        self, data: Any = None, *, declaration: Declaration, user: User, initial: Any = None
    ) -> None:
        super().__init__(data, row=declaration, initial=initial)
        self.declaration, self.user, self.whole = declaration, user, {"declaration": declaration}

    def why_closed(self) -> str:
        """Queries only if somebody has saved meanwhile. Otherwise the action checks it."""
        return CLOSED if self.has_moved() and is_closed(self.declaration) else ""
