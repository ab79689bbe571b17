"""The log of changes: who did what, when, from where, in which role, and as whose deputy.

`record` adds an entry and belongs in the transaction of what it records. Nobody changes an entry: the database refuses it.
`sealing` closes stretches of the log in a chain of digests, `verifying` checks them, `pruning` removes old ones.
"""

from parties.acts import Act
from parties.audit.changes import Change, Values, after, before
from parties.audit.recording import record, record_change
from parties.audit.saving import add, change

__all__ = ["Act", "Change", "Values", "add", "after", "before", "change", "record", "record_change"]
