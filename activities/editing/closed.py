"""Why a plan cannot be changed as it stands."""

from activities import policies
from activities.models import Activity
from parties.models import User


def why_closed(activity: Activity, user: User) -> str:
    """The sentence to somebody on one of the two sides who cannot change the plan as it stands; empty when they can."""
    if policies.can_edit_plan(user, activity):
        return ""
    if policies.can_withdraw(user, activity):
        return "Aktiviteten är föreslagen. Ta tillbaka förslaget om det ska ändras."
    if policies.can_answer(user, activity):
        return "Aktiviteten är föreslagen. Lämna tillbaka förslaget och skriv vad som behöver ändras."
    return "Aktiviteten är beslutad. Samordnaren kan ändra planen."
