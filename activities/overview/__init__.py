"""*Översikt*: what needs attention in an agreement; *Kom igång* for a new one."""

from activities.overview.content import Overview
from activities.overview.gather import gather
from activities.overview.start import FirstSteps, first_steps

__all__ = ["FirstSteps", "Overview", "first_steps", "gather"]
