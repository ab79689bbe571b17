"""Changes places and sources."""

from typing import Any

from django.db import transaction

from parties.models import User
from priorities import policies
from priorities.models import Place, Source
from samverkan.lib.access import require
from samverkan.lib.checking import changed


@transaction.atomic
def change_place(*, by: User | None, place: Place, **fields: Any) -> Place:
    """Changes a place. Its slug stays, since addresses use it."""
    require(policies.can_keep_lists(by))
    saved: Place = changed(Place.objects.select_for_update().get(pk=place.pk), fields)
    return saved


@transaction.atomic
def change_source(*, by: User | None, source: Source, **fields: Any) -> Source:
    """Changes a source. Every lägesbild that has used it shows the change."""
    require(policies.can_keep_lists(by))
    saved: Source = changed(Source.objects.select_for_update().get(pk=source.pk), fields)
    return saved
