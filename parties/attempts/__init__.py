"""How often something may be tried: signing in, asking for mail, choosing a password, inviting.

How likely is a right guess at an account's codes in a day? Each code takes five guesses. Nineteen codes have six digits,
fifteen for strangers and four for known devices: 19 * 5 / 1,000,000 = 0.0095 %. All others have ten digits: 10,000 of
them, from a thousand networks or so, add 10,000 * 5 / 10,000,000,000 = 0.0005 %. Together 0.01 %, whoever guesses from
wherever; a test computes it.
"""

import unicodedata
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from django.utils.crypto import salted_hmac

from parties.attempts import counters
from samverkan.lib import clock

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
GUESSES = 5  # at a code


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
    # That for a client is high, since all who work in one municipality may have one network address.
    "code asked for": (
        Limit(300, "client", 10 * MINUTE),
        Limit(5, "client account", 10 * MINUTE),
        Limit(15, "client account", DAY),
    ),
    # Further codes have ten digits. A known device has a number of its own, which no stranger uses up, and a code that
    # signs it in does not count.
    "short code": (Limit(15, "account", DAY),),
    "short code on a known device": (Limit(4, "account", DAY),),
    # As many as there can be for the codes that may be asked for; what bounds the guesses is the next one.
    "code tried": (
        Limit(300 * GUESSES, "client", 10 * MINUTE),
        Limit(6 * GUESSES, "client account", 10 * MINUTE),
    ),
    "guess at a code": (Limit(GUESSES, "code", 10 * MINUTE),),
    # Requests with the same right code at once: one signs in.
    "code used": (Limit(1, "code", DAY),),
    "link used": (Limit(1, "link", DAY),),
    "reset asked for": (
        Limit(150, "client", 10 * MINUTE),
        Limit(5, "client account", 10 * MINUTE),
        Limit(15, "client account", DAY),
    ),
    "reset link": (Limit(30, "client", 10 * MINUTE),),  # wrong ones only; a right one passes
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
        self._key = key
        self._left = counters.ends_at(key) - clock.real_now()

    def is_first(self) -> bool:
        """True for the first attempt that a full counter refuses, until its time is up.

        There are as many of them as counters that can be full, so that whoever records them cannot be made to write more.
        """
        refused = salted_hmac("parties.attempts.refused", self._key, algorithm="sha256").hexdigest()
        return counters.take(refused, most=1, lasts=max(self._left, timedelta(seconds=1)))

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
