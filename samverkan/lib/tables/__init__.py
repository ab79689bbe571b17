"""Rows of the database as a table in a file, out and in again: columns, cells, a preview, and a save of all rows or none.

An app subclasses `TableResource` for each kind of row: its fields are the columns, with the widgets of `cells`, and
what a row becomes is saved by the app's own actions. `Importer` takes a file from the choice to the saved rows. No
module here knows a model.
"""

from samverkan.lib.tables.forms import FileForm
from samverkan.lib.tables.importer import Importer, TooLong
from samverkan.lib.tables.preview import CheckedRow, Preview, RowKind
from samverkan.lib.tables.resource import TableOptions, TableResource
from samverkan.lib.tables.table import Table, read_table

__all__ = [
    "CheckedRow",
    "FileForm",
    "Importer",
    "Preview",
    "RowKind",
    "Table",
    "TableOptions",
    "TableResource",
    "TooLong",
    "read_table",
]
