"""Changes places and sources."""

from typing import Any

from django.db import transaction

from parties import audit
from parties.models import User
from priorities import policies
from priorities.models import Place, Source
from samverkan.lib.access import require
from samverkan.lib.checking import changed


@transaction.atomic
def change_place(*, by: User | None, place: Place, **fields: Any) -> Place:
    """Changes a place. Its slug stays, since addresses use it."""
    require(policies.can_keep_lists(by))
    stored = Place.objects.select_for_update().get(pk=place.pk)
    old = audit.before(stored)
    saved: Place = changed(stored, fields)
    audit.record_change(saved, old, by=by)
    return saved


@transaction.atomic
def change_source(*, by: User | None, source: Source, **fields: Any) -> Source:
    """Changes a source. Every lägesbild that has used it shows the change."""
    require(policies.can_keep_lists(by))
    stored = Source.objects.select_for_update().get(pk=source.pk)
    old = audit.before(stored)
    saved: Source = changed(stored, fields)
    audit.record_change(saved, old, by=by)
    return saved
