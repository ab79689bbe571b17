"""The base of the forms for a draft agreement's steps."""

from typing import Any

from parties.models import User
from priorities.editing.forms import WholeForm
from priorities.editing.stale import ADOPTED
from priorities.models import Agreement


class PartForm(WholeForm):
    def __init__(self, data: Any = None, *, agreement: Agreement, user: User, initial: Any = None) -> None:
        super().__init__(data, row=agreement, initial=initial)
        self.agreement, self.user, self.whole = agreement, user, {"agreement": agreement}

    def why_closed(self) -> str:
        return "" if self.agreement.is_draft else ADOPTED
