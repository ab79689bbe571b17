"""Django's admin with the product's own pages, for administrators only: lists to read, and forms that call actions.

An app's `admin.py` registers its models with `Rows` (read only), `Kept` (rows can be added and changed) or
`Transferred` (also exported and imported as files). Nothing is deleted here. Users who are not signed in are sent to
the product's sign-in; others than administrators get the 403 page.
"""

from samverkan.lib.administration.history import History
from samverkan.lib.administration.kept import ActionForm, Kept
from samverkan.lib.administration.rows import Rows
from samverkan.lib.administration.site import Administration
from samverkan.lib.administration.transferred import Transferred
from samverkan.lib.values import yes_or_no

__all__ = ["ActionForm", "Administration", "History", "Kept", "Rows", "Transferred", "yes_or_no"]
