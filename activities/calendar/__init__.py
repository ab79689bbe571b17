"""Which days stand in a person's own calendar, and how does a calendar program read them?"""

from activities.calendar.content import CalendarEntry, own_entries
from activities.calendar.file import as_ical, tag_of

__all__ = ["CalendarEntry", "as_ical", "own_entries", "tag_of"]
