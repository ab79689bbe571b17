"""One step in which a declaration is written."""

from typing import Any

from parties.models import Declaration, User
from priorities.declarations.actions.declaration import CLOSED, is_closed
from priorities.editing.forms import WholeForm


class DeclarationForm(WholeForm):
    """One part of a declaration."""

    def __init__(
        self, data: Any = None, *, declaration: Declaration, user: User, initial: Any = None
    ) -> None:
        super().__init__(data, row=declaration, initial=initial)
        self.declaration, self.user, self.whole = declaration, user, {"declaration": declaration}

    def why_closed(self) -> str:
        """Asks only when somebody has saved; the action asks for the others."""
        return CLOSED if self.has_moved() and is_closed(self.declaration) else ""
