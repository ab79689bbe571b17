"""Adds and changes places and sources. Every action is keyword-only and atomic."""

from priorities.places.actions.add import add_place, add_source, free_slug
from priorities.places.actions.change import change_place, change_source

__all__ = [
    "add_place",
    "add_source",
    "change_place",
    "change_source",
    "free_slug",
]
