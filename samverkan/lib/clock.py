"""What time is it? The only module that asks; business code takes `today` and `now` as arguments."""

from datetime import date, datetime, time

from django.conf import settings
from django.utils import timezone

from samverkan.lib import dates


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


def real_now() -> datetime:
    """The real moment, in the demo too: for what ends after some minutes, also past midnight."""
    return timezone.now()


def local(moment: datetime) -> datetime:
    """The same moment by the clock in Europe/Stockholm."""
    return timezone.localtime(moment)


def midnight(day: date) -> datetime:
    """The first moment of the day, in Europe/Stockholm."""
    return timezone.make_aware(datetime.combine(day, time.min))


def in_words(moment: datetime) -> str:
    """`14 maj 2024 kl. 10.00`, by the clock in Europe/Stockholm."""
    there = local(moment)
    return f"{dates.in_words(there.date())} kl. {there:%H.%M}"
