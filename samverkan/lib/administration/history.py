from typing import Any, ClassVar

from django.contrib import admin
from django.http import HttpRequest

from samverkan.lib.administration.rows import Rows

KINDS = {"+": "Ny", "~": "Ändrad", "-": "Borttagen"}
LABELS = {"history_date": "När", "history_type": "Vad", "history_user": "Av"}


class History(Rows):
    """Records of django-simple-history: the values, when they were saved and by whom."""

    group: ClassVar[str] = "Läs historiken"
    list_display: Any = ("history_date_", "kind_of_change", "who")
    list_select_related: ClassVar[Any] = ("history_user",)
    unshown: ClassVar[tuple[str, ...]] = ("id", "history_id", "history_change_reason")

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> Any:
        return list(list_display)[:1]

    def get_ordering(self, request: HttpRequest) -> Any:
        return ["-history_date", "-history_id"]

    def title_of(self, row: Any) -> str:
        """The first column's value: simple-history's `instance` needs the fields that the history leaves out."""
        return str(getattr(row, self.list_display[0]))

    def label(self, name: str) -> str:
        return LABELS.get(name) or super().label(name)

    @admin.display(description="när", ordering="history_date")
    def history_date_(self, row: Any) -> Any:
        return row.history_date

    @admin.display(description="vad", ordering="history_type")
    def kind_of_change(self, row: Any) -> str:
        return KINDS[row.history_type]

    @admin.display(description="av")
    def who(self, row: Any) -> str:
        return str(row.history_user) if row.history_user else "Grundinställningen"
