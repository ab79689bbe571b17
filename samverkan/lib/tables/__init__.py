"""Export and import of rows as a table in a file, with a preview before all rows or none are saved.

An app subclasses `TableResource` for each kind of row: its fields are the columns, with the widgets in `cells`, and the
app's own actions save the rows. `Importer` has the steps of an import. No module here knows a model.
"""

from samverkan.lib.tables.forms import FileForm
from samverkan.lib.tables.importer import Importer, TooLong
from samverkan.lib.tables.preview import RowKind
from samverkan.lib.tables.resource import TableOptions, TableResource
from samverkan.lib.tables.table import Table, read_table

__all__ = [
    "FileForm",
    "Importer",
    "RowKind",
    "Table",
    "TableOptions",
    "TableResource",
    "TooLong",
    "read_table",
]
