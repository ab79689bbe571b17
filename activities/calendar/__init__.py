"""A person's own calendar: its entries, and the file that calendar programs read."""

from activities.calendar.content import CalendarEntry, own_entries
from activities.calendar.file import as_ical, tag_of

__all__ = ["CalendarEntry", "as_ical", "own_entries", "tag_of"]
