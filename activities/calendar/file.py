"""Writes the calendar file: iCalendar (RFC 5545), which every calendar program reads."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from urllib.parse import urlsplit

from icalendar import Calendar, Event, vDuration

from activities.calendar.content import CalendarEntry

NAME = "Samverkan"
# How often a calendar program should fetch the file.
REFRESH = timedelta(hours=12)


def as_ical(entries: Iterable[CalendarEntry], *, site: str, at: datetime) -> bytes:
    """The file, with an event for each entry: whole days, not busy, no alarm. `site` is the address that paths are added to."""
    calendar = Calendar()
    calendar.add("prodid", "-//Samverkan//SV")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", NAME)
    calendar.add("x-wr-calname", NAME)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for entry in entries:
        calendar.add_component(_event(entry, site, at))
    return calendar.to_ical()


def _event(entry: CalendarEntry, site: str, at: datetime) -> Event:
    event = Event()
    event.add("uid", f"{entry.key}@{urlsplit(site).hostname}")
    event.add("dtstamp", at.astimezone(UTC))
    event.add("dtstart", entry.day)  # a day without an end is that whole day
    event.add("summary", entry.title)
    event.add("description", entry.about)
    event.add("url", site.rstrip("/") + entry.path)
    event.add("transp", "TRANSPARENT")
    return event


def tag_of(entries: Iterable[CalendarEntry]) -> str:
    """A weak ETag, which depends on the entries only, not on when the file is made."""
    return f'W/"{sha256(repr(list(entries)).encode()).hexdigest()[:32]}"'
