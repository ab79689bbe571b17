"""What happens in a year? *Årshjul*: the months with their days, and the wheel that shows the same."""

from activities.year.content import Month, Year
from activities.year.gather import gather

__all__ = ["Month", "Year", "gather"]
