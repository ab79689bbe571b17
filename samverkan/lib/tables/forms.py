from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from samverkan.lib.forms import BaseForm
from samverkan.lib.spreadsheets import UnreadableFile
from samverkan.lib.tables.resource import TableResource
from samverkan.lib.tables.table import MAX_BYTES, TOO_LARGE, Table, read_table


class TableField(forms.FileField):
    """A file that is read into a Table. An unreadable one gives a validation error."""

    def __init__(self, resource: type[TableResource], **kwargs: Any) -> None:
        super().__init__(allow_empty_file=True, **kwargs)
        self.resource = resource

    def clean(self, data: Any, initial: Any = None) -> Table:
        file = super().clean(data, initial)
        if file.size > MAX_BYTES:
            raise ValidationError(TOO_LARGE)
        try:
            return read_table(
                file.read(), required=list(self.resource.required), known=list(self.resource.columns())
            )
        except UnreadableFile as unreadable:
            raise ValidationError(str(unreadable)) from unreadable


class FileForm(BaseForm):
    """Asks for the file; `cleaned_data["file"]` is its Table."""

    def __init__(self, *args: Any, resource: type[TableResource], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = TableField(
            resource,
            label="Fil",
            help_text="Excel (.xlsx) eller CSV, högst 5 MB och 5 000 rader.",
            error_messages={"required": "Välj en fil.", "missing": "Välj en fil.", "invalid": "Välj en fil."},
            widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        )
