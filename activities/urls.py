"""Includes the addresses of every room, and registers the converters that they share."""

from datetime import date

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter


class TableConverter(StringConverter):
    """The file name extension of an export."""

    regex = "xlsx|csv"


class DayConverter(StringConverter):
    """A day as `2024-08-31`; any other text matches no address."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:  # type: ignore[override] # a converter answers what it likes
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:  # type: ignore[override] # as above
        return value.isoformat()


register_converter(TableConverter, "table")
register_converter(DayConverter, "iso")

ROOMS = (
    "my_work",
    "calendar",
    "follow_ups",
    "activity_page",
    "overview",
    "year",
    "reports",
    "activity_list",
    "planning",
    "milestones",
    "history",
    "contributions",
    "needs",
    "party_pages",
    "place_pages",
    "rounds",
    "reminders",
)

urlpatterns = [path("", include(f"activities.{room}.urls")) for room in ROOMS]
