"""What happens when a place or a source of knowledge is written down?"""

from collections.abc import Container
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from parties.models import User
from priorities import policies
from priorities.models import Place, Source
from samverkan.lib.access import require
from samverkan.lib.checking import checked


@transaction.atomic
def add_place(*, by: User | None, name: str, slug: str = "", **fields: Any) -> Place:
    """A new place; without a slug it gets one from its name."""
    require(policies.can_keep_lists(by))
    slug = slug or free_slug(name, set(Place.objects.values_list("slug", flat=True)))
    place: Place = checked(Place(name=name, slug=slug, **fields))
    return place


@transaction.atomic
def add_source(*, by: User | None, **fields: Any) -> Source:
    require(policies.can_keep_lists(by))
    source: Source = checked(Source(**fields))
    return source


def kept_source(told: Source | dict[str, Any], *, by: User | None) -> Source:
    """The source, or a new one that is told by its fields."""
    return told if isinstance(told, Source) else add_source(by=by, **told)


def free_slug(name: str, taken: Container[str], longest: int = 60) -> str:
    """An address for the name that nobody has: `varby`, then `varby-2`."""
    plain = slugify(name)[: longest - 5].strip("-") or "plats"
    candidates = (plain if n == 1 else f"{plain}-{n}" for n in range(1, 10_000))
    return next(slug for slug in candidates if slug not in taken)
