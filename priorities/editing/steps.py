"""One step of the list that leads through a draft."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """One part to write: what stands there now in a few words, and whether anything does."""

    label: str
    url: str
    told: str
    is_written: bool
    is_needed: bool = False
