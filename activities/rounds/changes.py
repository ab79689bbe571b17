"""The sentence that says what has changed in a round since an editor saw it."""

from activities.models import Round
from samverkan.lib.dates import in_words
from samverkan.lib.editing.three_values import digest
from samverkan.lib.history import by_function


def what_changed(round: Round, seen: dict[str, str] | None = None) -> str:
    """Who closed the round, or the present value of each field that differs. Needs `closed_by` fetched.

    `seen` has the digests of the fields that the editor saw; without it the sentence names no field.
    """
    if round.closed_on:
        return f"{closed_in_words(round)}."
    present = {
        "as_of": f"den gäller nu {in_words(round.as_of)}",
        "opens_on": f"den öppnar nu {in_words(round.opens_on)}",
        "due_on": f"sista dagen är nu {in_words(round.due_on)}",
        "label": f"den heter nu ”{round.label}”",
    }
    seen = seen or {}
    news = [
        sentence
        for name, sentence in present.items()
        if name in seen and seen[name] != digest(getattr(round, name))
    ]
    return f"Omgången har ändrats: {', '.join(news)}." if news else "Omgången har ändrats."


def closed_in_words(round: Round) -> str:
    """`Samordnare stängde omgången 20 september 2024`; empty for a round that is not closed. Needs `closed_by` fetched."""
    if round.closed_on is None:
        return ""
    if round.closed_by is None:
        return f"Omgången stängdes {in_words(round.closed_on)}"
    return f"{by_function(round.closed_by)} stängde omgången {in_words(round.closed_on)}"
