"""Django's admin in the product's own frame: for administrators alone, lists to read, and forms that act through actions.

An app's `admin.py` registers its models: `Rows` are read, `Kept` are added and changed too, `Transferred` leave and
come in as files besides. Nothing is deleted here. Whoever is not signed in goes to the product's sign-in; whoever is
no administrator gets the page that says whom to ask.
"""

from samverkan.lib.administration.history import History
from samverkan.lib.administration.kept import ActionForm, Kept
from samverkan.lib.administration.rows import Rows, yes_or_no
from samverkan.lib.administration.site import Administration
from samverkan.lib.administration.transferred import Transferred

__all__ = ["ActionForm", "Administration", "History", "Kept", "Rows", "Transferred", "yes_or_no"]
