"""What happens when a place or a source of knowledge is called something else?"""

from typing import Any

from django.db import transaction

from parties.models import User
from priorities import policies
from priorities.models import Place, Source
from samverkan.lib.access import require
from samverkan.lib.checking import changed


@transaction.atomic
def change_place(*, by: User | None, place: Place, **fields: Any) -> Place:
    """The place with other facts; its part of addresses stays."""
    require(policies.can_keep_lists(by))
    saved: Place = changed(Place.objects.select_for_update().get(pk=place.pk), fields)
    return saved


@transaction.atomic
def change_source(*, by: User | None, source: Source, **fields: Any) -> Source:
    """The source with other facts. Lägesbilder that have used it show them too."""
    require(policies.can_keep_lists(by))
    saved: Source = changed(Source.objects.select_for_update().get(pk=source.pk), fields)
    return saved
