"""How long a device stays signed in, and how an account is signed out everywhere.

A session lasts a working day from the latest click. On a device that the person trusts it has a fixed end, sixty days
from the code. It ends earlier with signing out, a new password, a closed account or an address that somebody else has
changed. django-allauth's own trust is not used: it only spares a second step.
"""

from datetime import timedelta

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db.models.functions import Now

from parties.models import User
from parties.sign_in import known_devices

DAYS = 60
_DAY = 24 * 60 * 60
_TRUSTED = "trusted_device"


def begin_as_untrusted(session: SessionBase) -> None:
    """Clears the trust that an earlier sign-in left in the same browser."""
    session.pop(_TRUSTED, None)
    session.set_expiry(None)


def trust(session: SessionBase) -> None:
    """Sets a fixed end, which no later click moves."""
    session[_TRUSTED] = True
    session.set_expiry(timedelta(days=DAYS))


def days_left(session: SessionBase) -> int | None:
    """Whole days, rounded to the nearest; None for an untrusted device."""
    return round(session.get_expiry_age() / _DAY) if session.get(_TRUSTED) else None


def end_sessions(user: User) -> None:
    """Signs the account out everywhere, trusted devices included, and forgets those that are known.

    A reopened account does not get them back.

    Reads all live sessions, since only their content says whose they are: 39 ms for 1,100, a few times a year.
    django-allauth's `usersessions` would store the person's IP address and browser for each session, and make three
    more queries per earlier session at each sign-in.
    """
    keys = [
        session.session_key
        for session in Session.objects.filter(expire_date__gt=Now()).iterator()
        if session.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(session_key__in=keys).delete()
    known_devices.forget(user)
