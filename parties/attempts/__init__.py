"""How often something may be tried: signing in, asking for mail, choosing a password, inviting."""

import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from django.utils.crypto import salted_hmac

from parties.attempts import counters
from samverkan.lib import clock

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """At most `most` attempts while it `lasts`, for each value of the facts in `per`, such as "client account"."""

    most: int
    per: str
    lasts: timedelta

    def key(self, action: str, facts: dict[str, str]) -> str:
        values = [f"{name}={facts[name]}" for name in self.per.split()]
        text = "\n".join([action, str(int(self.lasts.total_seconds())), *values])
        return salted_hmac("parties.attempts", text, algorithm="sha256").hexdigest()


# A client is a network address. An account is the address as it was typed, whether or not it has an account. The limits
# are asked in this order, and one that refuses keeps the attempt from the rest: a stranger who has used up what a client
# may do does not fill the account's.
LIMITS = {
    # Wrong ones only. The ceiling of 100 a day for an account is for strangers' devices; they may still have a code.
    "password": (
        Limit(30, "client", MINUTE),
        Limit(5, "client account", 5 * MINUTE),
        Limit(30, "client account", DAY),
        Limit(100, "account", DAY),
    ),
    # No ceiling for the account, or a stranger could fill it and nobody would get in. `short code` is in its place.
    "code asked for": (
        Limit(60, "client", 10 * MINUTE),
        Limit(5, "client account", 10 * MINUTE),
        Limit(15, "client account", DAY),
    ),
    # Fifteen codes of six digits a day, five guesses at each: one day in 13,000 succeeds. Further codes have ten digits.
    "short code": (Limit(15, "account", DAY),),
    "code tried": (Limit(60, "client", 10 * MINUTE),),
    "guess at a code": (Limit(5, "code", 10 * MINUTE),),
    # Requests with the same right code at once: one signs in.
    "code used": (Limit(1, "code", DAY),),
    "link used": (Limit(1, "link", DAY),),
    "reset asked for": (
        Limit(30, "client", 10 * MINUTE),
        Limit(5, "client account", 10 * MINUTE),
        Limit(15, "client account", DAY),
    ),
    "reset link": (Limit(30, "client", 10 * MINUTE),),  # wrong ones only
    "password of today": (Limit(5, "account", 5 * MINUTE),),  # wrong ones only, when it is changed
    "invitation": (Limit(200, "sender", DAY), Limit(5, "recipient", DAY)),
}
# What a device that has signed in to the account before may do beside all that.
DEVICE = Limit(10, "device", 10 * MINUTE)


class TooMany(Exception):
    """The attempt must not be made."""

    def __init__(self, limit: Limit, key: str) -> None:
        super().__init__(limit.per)
        self.per = limit.per
        self._left = counters.ends_at(key) - clock.real_now()

    @property
    def wait(self) -> str:
        """How long, in whole minutes or hours: `5 minuter`, `2 timmar`."""
        minutes = max(1, ceil(self._left / MINUTE))
        if minutes < 60:
            return "1 minut" if minutes == 1 else f"{minutes} minuter"
        hours = ceil(minutes / 60)
        return "1 timme" if hours == 1 else f"{hours} timmar"


def count(action: str, *, device: str = "", **facts: str) -> list[str]:
    """Counts an attempt before it is judged. Returns its counters, for `give_back`.

    Raises TooMany. A known `device` counts for itself alone, as long as it has attempts left.
    """
    if device:
        key = DEVICE.key(action, {"device": device})
        if counters.take(key, most=DEVICE.most, lasts=DEVICE.lasts):
            return [key]
    counted = []
    for limit in LIMITS[action]:
        key = limit.key(action, facts)
        if not counters.take(key, most=limit.most, lasts=limit.lasts):
            raise TooMany(limit, key)
        counted.append(key)
    return counted


def is_allowed(action: str, **facts: str) -> bool:
    """Counts an attempt, and returns False if there have been too many."""
    try:
        count(action, **facts)
    except TooMany:
        return False
    return True


give_back = counters.give_back


def as_account(address: str) -> str:
    """The e-mail address in the one spelling that its counters have."""
    return unicodedata.normalize("NFKC", address).strip().casefold()
