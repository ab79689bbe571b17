"""Changes places and sources."""

from typing import Any

from django.db import transaction

from parties import audit
from parties.models import User
from priorities import policies
from priorities.models import Place, Source
from samverkan.lib.access import require


@transaction.atomic
def change_place(*, by: User | None, place: Place, **fields: Any) -> Place:
    """Changes a place. Its slug stays, since addresses use it."""
    require(policies.can_keep_lists(by))
    return audit.change(place, fields, by=by)


@transaction.atomic
def change_source(*, by: User | None, source: Source, **fields: Any) -> Source:
    """Changes a source. Every lägesbild that has used it shows the change."""
    require(policies.can_keep_lists(by))
    return audit.change(source, fields, by=by)
