"""One kind of row as a table: django-import-export reads and writes the cells, the app's actions save the rows."""

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import Model
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.results import RowResult

from samverkan.lib.faults import sentence_of
from samverkan.lib.fields import AddressPartField, FreeLineField, FreeTextField, NamesField
from samverkan.lib.forms import BaseForm
from samverkan.lib.guard import refuse_doubtful_numbers
from samverkan.lib.spreadsheets import Sheet
from samverkan.lib.tables.preview import CheckedRow, Preview, RowKind
from samverkan.lib.tables.table import Table

logger = logging.getLogger(__name__)

EMPTY = "Cellen får inte vara tom."
WRITTEN = (AddressPartField, FreeLineField, FreeTextField, NamesField)
UNSAVED = "Raden gick inte att spara. Granska filen igen."


def faults_of(ask: Callable[[], None]) -> dict[str, Any]:
    """The errors that the call raises, by field; empty when it raises none."""
    try:
        ask()
    except ValidationError as refused:
        return refused.update_error_dict({})
    return {}


def _doubtful(instance: Any, fields: dict[str, Field]) -> dict[str, Any]:
    """Errors for new texts that could hold an identity number, by field: nobody can be asked about a cell."""
    attributes = {field.column_name: field.attribute for field in fields.values()}
    faults: dict[str, Any] = {}
    for column, _, new in getattr(instance, "import_changes", []):
        name = attributes[column]
        if isinstance(instance._meta.get_field(name), WRITTEN):
            for refused in faults_of(partial(refuse_doubtful_numbers, new)).values():
                faults[name] = refused
    return faults


class TableOptions:
    """The base of every `Meta`: no bulk writes, and neither the library's diff nor its own validation."""

    skip_diff = skip_html_diff = True
    store_instance = True
    use_bulk = clean_model_instances = False


class TableResource(ModelResource):
    """Exports and imports one kind of row. Its fields are the columns; those in `required` must be in a file.

    An instance is for one file and one user: it holds the stored rows, and the keys it has seen in the file.
    `confirm_form` has the choices to make when confirming; `confirm_template` shows it when there are new rows.
    """

    do_not_call_in_templates: ClassVar[bool] = True  # templates read the class and must not make an instance
    required: ClassVar[tuple[str, ...]] = ()
    sheet_title: ClassVar[str] = ""
    confirm_form: ClassVar[type[BaseForm]] = BaseForm
    confirm_template: ClassVar[str] = ""

    def __init__(self, by: Any) -> None:
        super().__init__()
        self.by = by
        self.seen: dict[Any, int] = {}

    @classmethod
    def columns(cls) -> dict[str, Field]:
        return {field.column_name: field for field in cls.fields.values()}

    def sheet(self, rows: Iterable[Any]) -> Sheet:
        """The sheet to export. No query but those of `rows`."""
        widths = [max(len(name) + 4, 18) for name in self.columns()]
        written = ([field.export(row) for field in self.columns().values()] for row in rows)
        return Sheet(self.sheet_title, list(self.columns()), written, widths)

    # --- In -------------------------------------------------------------------------------------------------------
    def check(self, table: Table) -> Preview:
        """What saving would change. No query for each row. Call `learn` first."""
        return self._each(table, dry_run=True)

    def save_all(self, table: Table) -> Preview:
        """Saves all rows in one transaction, or none when a row is faulty."""
        with transaction.atomic():
            done = self._each(table, dry_run=False)
            if done.faulty:
                transaction.set_rollback(True)
        return done

    def _each(self, table: Table, *, dry_run: bool) -> Preview:
        rows = []
        for number, row in table.as_dicts():
            result = self.import_row(row, None, dry_run=dry_run, using_transactions=False, row_number=number)
            rows.append(self._checked(number, row, result))
        return Preview(rows)

    def _checked(self, number: int, row: dict[str, str], result: RowResult) -> CheckedRow:
        title = next((cell for cell in row.values() if cell), "")
        if result.errors:
            logger.error("Row %s could not be read or saved", number, exc_info=result.errors[0].error)
            return CheckedRow(number, title, RowKind.FAULTY, faults=[UNSAVED])
        if result.validation_error:
            return CheckedRow(number, title, RowKind.FAULTY, faults=self._sentences(result.validation_error))
        instance = result.instance
        kind = {RowResult.IMPORT_TYPE_NEW: RowKind.NEW, RowResult.IMPORT_TYPE_UPDATE: RowKind.CHANGED}.get(
            result.import_type, RowKind.SAME
        )
        return CheckedRow(number, title, kind, [] if kind is RowKind.SAME else instance.import_changes)

    def _sentences(self, refused: ValidationError) -> list[str]:
        names = {field.attribute: field.column_name for field in self.fields.values()}
        return [
            sentence_of(fault)
            if place == NON_FIELD_ERRORS
            else f"{names.get(place, place)}: {EMPTY if fault.code == 'blank' else sentence_of(fault)}"
            for place, faults in refused.error_dict.items()
            for fault in faults
        ]

    # --- Called by the library for each row -----------------------------------------------------------------------
    def before_import_row(self, row: dict[str, str], **kwargs: Any) -> None:
        """Raises ValidationError when the key is on an earlier row of the file."""
        key, number = self.key(row), kwargs["row_number"]
        if key and (first := self.seen.setdefault(key, number)) != number:
            raise ValidationError({NON_FIELD_ERRORS: f"Samma står redan på rad {first}."})

    def get_instance(self, instance_loader: None, row: dict[str, str]) -> Any:
        return self.find(row)

    def import_instance(self, instance: Any, row: dict[str, str], **kwargs: Any) -> None:
        """Reads the cells into the instance, and sets `import_changes` on it: (column, before, after).

        Raises ValidationError when a cell could not be read; then `import_changes` is empty.
        """
        instance.import_changes = []
        columns = [field for name, field in self.columns().items() if name in row]
        before = [(field.export(instance) or "") if instance.pk else "" for field in columns]
        super().import_instance(instance, row, **kwargs)
        instance.import_changes = [
            (field.column_name, str(old), str(new))
            for field, old in zip(columns, before, strict=True)
            if (new := field.export(instance) or "") != old
        ]

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:
        return bool(instance.pk and not instance.import_changes and not import_validation_errors)

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        """Raises ValidationError with all the row's errors. No query."""
        unread: dict[str, Any] = dict(import_validation_errors or {})
        read = {field.attribute for field in self.fields.values()} - unread.keys()
        others = {
            field.name for field in instance._meta.fields if field.name not in read or field.many_to_one
        }  # related rows were found by name
        unfit = faults_of(lambda: instance.clean_fields(exclude=others))
        odd = faults_of(lambda: self.refuse_odd(instance))
        if faults := _doubtful(instance, self.fields) | unfit | odd | unread:
            raise ValidationError(faults)

    def do_instance_save(self, instance: Any, is_create: bool) -> None:
        names = {field.column_name: field.attribute for field in self.fields.values()}
        changed = {
            names[column]: getattr(instance, names[column]) for column, _, _ in instance.import_changes
        }
        self.act(instance, is_create, changed)

    # --- What a subclass provides --------------------------------------------------------------------------
    def rows(self) -> Iterable[Any]:
        """The rows that the user sees, with what a line needs fetched."""
        raise LookupError

    def learn(self) -> None:
        """Reads the stored rows, in a constant number of queries."""
        raise LookupError

    def after_export(self, *, ending: str) -> None:
        """Called when the rows have been written to a file with that ending."""

    def after_saving(self, *, at: datetime, chosen: Mapping[str, Any]) -> None:
        """Called when all rows are saved. `chosen` is the confirm form's cleaned data."""

    def key(self, row: dict[str, str]) -> Any:
        """The row's key in the file; None without one."""
        raise LookupError

    def find(self, row: dict[str, str]) -> Model | None:
        """The stored row with the same key; None for a new one."""
        raise LookupError

    def refuse_odd(self, instance: Any) -> None:
        """Checks several fields together. Raises ValidationError. No query."""

    def act(self, instance: Any, is_create: bool, changed: dict[str, Any]) -> None:
        """Calls the app's action."""
        raise LookupError
