"""Finds what has changed since the previous round."""

from collections import Counter
from collections.abc import Mapping, Sequence

from activities.models import Round
from activities.reports import content, wording
from activities.reports.wording import Development
from activities.states import State

ORDER = (Development.WORSE, Development.BETTER, Development.DONE, Development.CANCELLED, Development.NEW)


def since(
    entries: Sequence[content.ReportEntry], previous: Round | None, before: Mapping[int, State]
) -> content.Since:
    """`before`: the states as of the previous round's day, by activity number, without new activities."""
    if previous is None or not entries:
        return content.Since("", None, ())
    changes = []
    for one in entries:
        then = before.get(one.number)
        if became := development(then, one.state):
            changes.append((became, content.StatusChange(one, became.label, then)))
    changes.sort(key=lambda change: (ORDER.index(change[0]), change[1].entry.number))
    return content.Since(
        sentence=wording.since(Counter(became for became, _ in changes), len(entries), previous.label),
        as_of=previous.as_of,
        changes=tuple(change for _, change in changes),
    )


def development(before: State | None, now: State) -> Development | None:
    """None when the state is the same. Reopening a done activity is worse, reopening a cancelled one is better."""
    if before is None:
        return Development.NEW
    if before == now:
        return None
    if not now.is_open:
        return Development(now.value)
    return Development.BETTER if now.traits.rank > before.traits.rank else Development.WORSE
