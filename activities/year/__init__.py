"""*Årshjul*: the days of a year by month, and a wheel that shows the same."""

from activities.year.gather import gather

__all__ = ["gather"]
