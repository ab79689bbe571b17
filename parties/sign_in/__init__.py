"""Sign-in by django-allauth, with sign-up closed."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.http import HttpRequest

from parties.models import User
from parties.sign_in import devices

PASSWORD_FAULTS = {
    "password_too_similar": "Lösenordet liknar din e-postadress eller ditt namn. Välj ett annat.",
    "password_too_short": "Lösenordet är för kort. Skriv minst %(min_length)d tecken.",
    "password_too_common": "Lösenordet är för lätt att gissa. Välj ett annat.",
}


def may_have_code(user: User) -> bool:
    """True for active users; for demo accounts only in a demo."""
    return user.is_active and (settings.IS_DEMO or not user.is_demo_account)


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
        "too_many_login_attempts": "För många försök. Vänta några minuter och försök igen.",
        "incorrect_code": "Koden stämmer inte. Skriv siffrorna i det senaste mejlet.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: administrators and coordinators add accounts."""
        return False

    def clean_password(self, password: str, user: Any = None) -> str:
        """Raises ValidationError with our own messages, which say what to do."""
        try:
            cleaned: str = super().clean_password(password, user)
        except ValidationError as refused:
            faults = [
                ValidationError(
                    PASSWORD_FAULTS.get(fault.code or "", fault.message), fault.code, fault.params
                )
                for fault in refused.error_list
            ]
            raise ValidationError(faults) from refused
        return cleaned

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

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Shows only messages from templates, which are ours. Our views word the others themselves."""
        if message_template:
            super().add_message(request, level, message_template, *args, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Leaves a sign-in code to `code_mail`, which sends it after the response. Sends other mail at once."""
        if template_prefix != "account/email/login_code":
            super().send_mail(template_prefix, email, context)
            return
        outgoing = self.request.outgoing
        outgoing.to, outgoing.code = email, context["code"]

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """Mails active users only. The page answers the same for everyone."""
        if user.is_active:
            super().send_password_reset_mail(user, email, context)
