"""What does *Översikt* say? All that the page shows, frozen, from a constant number of queries."""

from activities.overview.content import Overview
from activities.overview.gather import gather
from activities.overview.start import Start, first_steps

__all__ = ["Overview", "Start", "first_steps", "gather"]
