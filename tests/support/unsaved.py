"""Helpers for the stories about unsaved answers."""

from activities.models import UnsavedAnswer
from tests.support.as_sent import as_sent

TEXT = "Sju lyktor är bytta."


def opened_by(client, address) -> dict[str, object]:
    """The follow-up form as a browser sends it, before anybody has typed."""
    form = client.get(address).context["form"]
    return as_sent(form) | {"author": form.author}


def unsaved_answers() -> list[tuple[str, str]]:
    """The author's address and the text at *Vad har hänt?* of each."""
    rows = UnsavedAnswer.objects.order_by("pk").select_related("author")
    return [(each.author.email, each.answers.get("what_happened", "")) for each in rows]


def shown(client, address) -> dict[str, object]:
    """The values in the form."""
    form = client.get(address).context["form"]
    return {name: form[name].value() for name in ("state", "what_happened", "needed", "actual")}
