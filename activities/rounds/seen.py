"""What did the editor of a round have before them, and what has changed since?"""

from activities.models import Round
from activities.rounds.rules import RoundPlan
from samverkan.lib.dates import in_words, parse_day
from samverkan.lib.history import by_function

BETWEEN = "|"


def seen_of(round: Round) -> str:
    """What a form carries: every field that somebody else may have changed, the name last."""
    return BETWEEN.join(_parts(round))


def what_has_changed(seen: str, round: Round) -> str:
    """A sentence when the round is not the one that the editor saw, else empty. Needs `closed_by` fetched."""
    then, now = seen.split(BETWEEN, 4), _parts(round)
    if then == now:
        return ""
    if len(then) != len(now):
        return "Omgången har ändrats."
    if now[3] and now[3] != then[3]:
        return f"{closed_in_words(round)}."
    news = [
        told
        for was, stands, told in zip(then, now, _told(round), strict=True)
        if was != stands and (stands or parse_day(was))
    ]
    return f"Omgången har ändrats: {', '.join(news)}."


def left_alone(seen: str, plan: RoundPlan) -> set[str]:
    """The fields that the editor has not touched: what they typed is what they saw."""
    *days, label = seen.split(BETWEEN, 4)
    saw = dict(zip(("as_of", "opens_on", "due_on"), days, strict=False)) | {"label": label}
    return {name for name, value in vars(plan).items() if saw.get(name) == str(value)}


def closed_in_words(round: Round) -> str:
    """`Samordnare stängde omgången 20 september 2024`; of a round that is closed. Needs `closed_by` fetched."""
    if round.closed_on is None:
        return ""
    if round.closed_by is None:
        return f"Omgången stängdes {in_words(round.closed_on)}"
    return f"{by_function(round.closed_by)} stängde omgången {in_words(round.closed_on)}"


def _parts(round: Round) -> list[str]:
    days = (round.as_of, round.opens_on, round.due_on, round.closed_on)
    return [*(day.isoformat() if day else "" for day in days), round.label]


def _told(round: Round) -> list[str]:
    return [
        f"den gäller nu {in_words(round.as_of)}",
        f"den öppnar nu {in_words(round.opens_on)}",
        f"sista dagen är nu {in_words(round.due_on)}",
        "den är öppen igen",
        f"den heter nu ”{round.label}”",
    ]
