"""What happens to a follow-up round?"""

from typing import Any

from django.db import transaction

from activities import policies
from activities.models import Round
from parties.actions import checked
from parties.models import User
from priorities.models import Agreement
from samverkan.lib.access import require


@transaction.atomic
def add_round(*, by: User | None, agreement: Agreement, **fields: Any) -> Round:
    """A follow-up round, planned or past."""
    require(policies.can_register(by))
    round: Round = checked(Round(agreement=agreement, **fields))
    return round
