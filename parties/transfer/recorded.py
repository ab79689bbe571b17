from collections.abc import Mapping
from datetime import datetime
from typing import Any

from parties import audit
from parties.audit import Act
from samverkan.lib.tables import TableResource


class RecordedTable(TableResource):
    """Records each import and export in the log of changes, beside what the actions record of each row."""

    def __init__(self, by: Any) -> None:
        super().__init__(by)
        self.saved = {True: 0, False: 0}  # new rows, changed rows

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        super().do_instance_save(instance, is_create)
        self.saved[is_create] += 1

    def after_saving(self, *, at: datetime, chosen: Mapping[str, Any]) -> None:
        counts = [("nya", "", str(self.saved[True])), ("ändrade", "", str(self.saved[False]))]
        audit.record(Act.IMPORTED, by=self.by, label=self.sheet_title, changes=counts)

    def after_export(self, *, ending: str) -> None:
        audit.record(Act.EXPORTED, by=self.by, label=f"{self.sheet_title} ({ending})")
