"""What time is it? The only module that asks; business code takes `today` and `now` as arguments."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """The day in Europe/Stockholm; in the demo the day that SAMVERKAN_TODAY names."""
    return now().date()


def now() -> datetime:
    """The moment, aware, in Europe/Stockholm; in the demo the demo's day with the real time of day."""
    real = timezone.localtime()
    day: date | None = settings.SAMVERKAN_TODAY
    if day is None:
        return real
    return timezone.make_aware(datetime.combine(day, real.time()))


def local(moment: datetime) -> datetime:
    """The same moment by the clock in Europe/Stockholm."""
    return timezone.localtime(moment)
