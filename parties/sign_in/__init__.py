"""Sign-in by django-allauth, with sign-up closed."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import get_random_string

from parties import attempts, audit
from parties.audit import Act
from parties.models import User
from parties.sign_in import devices, known_devices

PASSWORD_FAULTS = {
    "password_too_similar": "Lösenordet liknar din e-postadress eller ditt namn. Välj ett annat.",
    "password_too_short": "Lösenordet är för kort. Skriv minst %(min_length)d tecken.",
}
GUESSED_AT = "Någon har gissat på lösenordet till den här adressen många gånger. Välj ”Skicka kod”, så loggar du in med mejlet."
STOPPED = "Stoppad: för många försök"
STOPPED_CHANGE = ("Svar", "", STOPPED)
TOO_MANY_GUESSES = "För många försök. Vänta {} och försök igen, eller välj ”Skicka kod”."


def may_have_code(user: User) -> bool:
    """True for active users; for demo accounts only in a demo."""
    return user.is_active and (settings.IS_DEMO or not user.is_demo_account)


def client_of(request: HttpRequest) -> str:
    """The network address that limits count; for IPv6 its network, since a client has a whole one."""
    address: str = get_ip(request)
    return address


def who(request: HttpRequest, address: str) -> dict[str, str]:
    """Who tries to sign in to the account with this e-mail address, as the limits on attempts count."""
    return {
        "client": client_of(request),
        "account": attempts.as_account(address),
        "device": known_devices.known(request, address),
    }


def account_of(address: str) -> User | None:
    return User.objects.filter(email__iexact=address).first()


def record_stopped(act: Act, refused: attempts.TooMany, address: str) -> None:
    """Records an attempt that was stopped, once for each full counter until its time is up.

    What stops a client is not about the account that happened to be next.
    """
    if refused.is_first():
        account = None if refused.per == "client" else account_of(address)
        audit.record(act, by=None, of=account, label="" if account else STOPPED, changes=[STOPPED_CHANGE])


class Backend(AuthenticationBackend):
    """django-allauth's backend. Loads the party with the user, since every page needs it."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        """None for a wrong password. Outside a demo also for demo accounts, whose password is public."""
        user: User | None = super().authenticate(request, **credentials)
        if user and user.is_demo_account and not settings.IS_DEMO:
            return None
        return user

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("party").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "E-postadressen eller lösenordet stämmer inte.",
        "enter_current_password": "Lösenordet är inte det som du har i dag.",
        "incorrect_code": "Koden stämmer inte. Skriv siffrorna i det senaste mejlet.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: administrators and coordinators add accounts."""
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Whether the sign-in may lead on to the address; not to one that cannot be read, such as `http://[`."""
        try:
            return bool(super().is_safe_url(url))
        except ValueError:
            return False

    def clean_password(self, password: str, user: Any = None) -> str:
        """Raises ValidationError with the first fault, in our own words, which say what to do."""
        try:
            cleaned: str = super().clean_password(password, user)
        except ValidationError as refused:
            fault = refused.error_list[0]
            sentence = PASSWORD_FAULTS.get(fault.code or "", fault.message)
            raise ValidationError(sentence, fault.code, fault.params) from refused
        return cleaned

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts a guess at a password before it is judged. Raises ValidationError if there have been too many."""
        try:
            self._counted = attempts.count("password", **who(request, credentials["email"]))
        except attempts.TooMany as refused:
            record_stopped(Act.SIGN_IN_FAILED, refused, credentials["email"])
            sentence = GUESSED_AT if refused.per == "account" else TOO_MANY_GUESSES.format(refused.wait)
            raise ValidationError(sentence, code="too_many_attempts") from refused

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """A right password does not count as an attempt."""
        user: User | None = super().authenticate(request, **credentials)
        if user:
            attempts.give_back(self._counted)
        return user

    def generate_login_code(self) -> str:
        return get_random_string(self.request.outgoing.digits, "0123456789")

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that rate limits count. With a forged or short forwarding header it is the proxy's own."""
        try:
            address: str = super().get_client_ip(request)
        except ImproperlyConfigured:
            address = request.META["REMOTE_ADDR"]
        return address

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        devices.begin_as_untrusted(request.session)
        audit.record(Act.SIGNED_IN, by=user)

    def logout(self, request: HttpRequest) -> None:
        if isinstance(request.user, User):
            audit.record(Act.SIGNED_OUT, by=request.user)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Records the account, if there is one. What was typed is not kept: it may be a password in the wrong field."""
        audit.record(Act.SIGN_IN_FAILED, by=None, of=account_of(credentials.get("email", "")))

    @transaction.atomic
    def set_password(self, user: Any, password: str) -> None:
        super().set_password(user, password)
        audit.record(Act.PASSWORD_SET, by=user, of=user)

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Shows only messages from templates, which are ours. Our views word the others themselves."""
        if message_template:
            super().add_message(request, level, message_template, *args, **kwargs)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """On the site's own address. The request's host may name any port, and the link would lead there."""
        return settings.SITE_URL + urlsplit(super().get_reset_password_from_key_url(key)).path

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Leaves a mail to `outgoing`, which sends it after the response."""
        self.request.outgoing.write(template_prefix, email, context)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """Mails active users only. The page answers the same for everyone."""
        if user.is_active:
            super().send_password_reset_mail(user, email, context)
