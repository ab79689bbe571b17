"""What has changed since the previous round?"""

from collections import Counter
from collections.abc import Mapping, Sequence

from activities.models import Round
from activities.reports import content, wording
from activities.reports.wording import Turn
from activities.states import State

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
    if not now.is_open:
        return Turn(now.value)
    return Turn.BETTER if now.traits.rank > before.traits.rank else Turn.WORSE
