"""*Översikt*: what needs attention in an agreement; *Kom igång* for a new one."""

from activities.overview.gather import gather
from activities.overview.start import first_steps, steps_left

__all__ = ["first_steps", "gather", "steps_left"]
