"""How do people sign in? django-allauth's flow with sign-up closed."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are given by an administrator."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """The client's address for the rate limits; a forged or short forwarding header counts as the proxy's own."""
        try:
            address: str = super().get_client_ip(request)
        except ImproperlyConfigured:
            address = request.META["REMOTE_ADDR"]
        return address

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """Only people who may sign in get the mail; the page answers the same."""
        if user.is_active:
            super().send_password_reset_mail(user, email, context)
