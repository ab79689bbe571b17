"""A form that is sent twice: which form it is, who saves it, and what the other gets.

Every form for writing has a key of its own in a hidden field. Whoever sends it first saves it, and whoever sends the
same content with the same key from the same account gets the address that the first answer led to.
"""

from time import sleep

from parties.submissions import store
from parties.submissions.marks import FIELD, mark_of

__all__ = ["FIELD", "SAVED", "StillSaving", "claim", "mark_of", "settle"]

SAVED = "saved"  # the tag of a message that tells an error although the form was saved

# A form that sends a mail may take EMAIL_TIMEOUT, ten seconds.
LOOKS, PAUSE_SECONDS = 120, 0.1


class StillSaving(Exception):
    """The same form was sent before, and has not been answered yet."""


def claim(mark: str) -> str:
    """Empty when the form is to be saved now. Otherwise the address of the first answer, after waiting for it.

    Raises StillSaving after some seconds. Outside a transaction the claim is committed at once, so that others see it.
    """
    if store.take(mark):
        return ""
    for _ in range(LOOKS):
        address = store.answer(mark)
        if address:
            return address
        if address is None and store.take(mark):  # the first one had faults and was not saved
            return ""
        sleep(PAUSE_SECONDS)
    raise StillSaving


def settle(mark: str, *, leads_to: str) -> None:
    """Keeps the address of the first answer; an empty one releases the form, which may then be sent again."""
    if leads_to:
        store.keep(mark, leads_to)
    else:
        store.release(mark)
