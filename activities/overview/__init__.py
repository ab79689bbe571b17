"""What does *Översikt* say? All that the page shows, frozen, from a constant number of queries."""

from activities.overview.content import Overview
from activities.overview.gather import gather
from activities.overview.start import FirstSteps, first_steps

__all__ = ["FirstSteps", "Overview", "first_steps", "gather"]
