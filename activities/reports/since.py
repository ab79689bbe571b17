"""What has changed since the previous round?"""

from collections import Counter
from collections.abc import Mapping, Sequence

from activities.models import Round
from activities.reports import content, wording
from activities.reports.wording import Turn
from activities.states import State

# From the worst to the best: nothing is worse than what will not be, and nothing better than what is done.
SCALE = (State.CANCELLED, State.OFF_TRACK, State.AT_RISK, State.NOT_STARTED, State.ON_TRACK, State.DONE)
ORDER = (Turn.WORSE, Turn.BETTER, Turn.DONE, Turn.CANCELLED, Turn.NEW)


def since(
    entries: Sequence[content.Entry], previous: Round | None, before: Mapping[int, State]
) -> content.Since:
    """`before` has the states as of the previous round's day by number, without what is new."""
    if previous is None:
        return content.Since(wording.NO_PREVIOUS, None, ())
    changes = []
    for one in entries:
        then = before.get(one.number)
        if word := turn(then, one.state):
            changes.append((word, content.Change(one, word.label, then)))
    changes.sort(key=lambda change: (ORDER.index(change[0]), change[1].entry.number))
    return content.Since(
        sentence=wording.since(Counter(word for word, _ in changes), len(entries), previous.label),
        as_of=previous.as_of,
        changes=tuple(change for _, change in changes),
    )


def turn(before: State | None, now: State) -> Turn | None:
    """None for what is as it was. What was done and is open again is worse, what was cancelled and is not is better."""
    if before is None:
        return Turn.NEW
    if before == now:
        return None
    ended = {State.DONE: Turn.DONE, State.CANCELLED: Turn.CANCELLED}
    return ended.get(now) or (Turn.BETTER if SCALE.index(now) > SCALE.index(before) else Turn.WORSE)
