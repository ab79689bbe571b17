"""Why a plan cannot be changed now."""

from activities import policies
from activities.models import Activity
from parties.models import User


def why_closed(activity: Activity, user: User) -> str:
    """A sentence in Swedish for a user of one of the two sides; empty when they can change the plan."""
    if policies.can_edit_plan(user, activity):
        return ""
    if policies.can_withdraw(user, activity):
        return "Aktiviteten är föreslagen. Ta tillbaka förslaget om det ska ändras."
    if policies.can_answer(user, activity):
        return "Aktiviteten är föreslagen. Lämna tillbaka förslaget och skriv vad som behöver ändras."
    return "Aktiviteten är beslutad. Samordnaren kan ändra planen."
