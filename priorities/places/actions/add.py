"""Adds places and sources."""

from collections.abc import Container
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from parties import audit
from parties.models import User
from priorities import policies
from priorities.models import Place, Source
from samverkan.lib.access import require


@transaction.atomic
def add_place(*, by: User | None, name: str, slug: str = "", **fields: Any) -> Place:
    """Adds a place. Without `slug`, it gets one from its name."""
    require(policies.can_keep_lists(by))
    slug = slug or free_slug(name, set(Place.objects.values_list("slug", flat=True)))
    return audit.add(Place(name=name, slug=slug, **fields), by=by)


@transaction.atomic
def add_source(*, by: User | None, **fields: Any) -> Source:
    require(policies.can_keep_lists(by))
    return audit.add(Source(**fields), by=by)


def get_or_add_source(source: Source | dict[str, Any], *, by: User | None) -> Source:
    """Returns the source. Given fields, adds a source with them."""
    return source if isinstance(source, Source) else add_source(by=by, **source)


def free_slug(name: str, taken: Container[str], longest: int = 60) -> str:
    """A slug for the name that is not in `taken`: `varby`, then `varby-2`."""
    plain = slugify(name)[: longest - 5].strip("-") or "plats"
    candidates = (plain if n == 1 else f"{plain}-{n}" for n in range(1, 10_000))
    return next(slug for slug in candidates if slug not in taken)
