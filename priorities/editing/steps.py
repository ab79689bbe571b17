"""A step in the list that leads through a draft."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A part to write. `summary` says in a few words what is there now."""

    label: str
    url: str
    summary: str
    is_written: bool
    is_needed: bool = False
