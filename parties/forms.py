"""What do people type to sign in and to choose a password? django-allauth's forms, with sentences that say what to do."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, ProhibitNullCharactersValidator

MAX_ADDRESS = 254
HELP = "Minst 12 tecken. Det får inte likna din e-postadress eller ditt namn och inte vara lätt att gissa."
REQUIRED = {
    "login": "Skriv din e-postadress.",
    "email": "Skriv din e-postadress.",
    "password": "Skriv ditt lösenord.",
    "oldpassword": "Skriv lösenordet som du har i dag.",
    "password1": "Skriv ett nytt lösenord.",
    "password2": "Skriv det nya lösenordet en gång till.",
}


def check_address(text: str) -> None:
    """Raises ValidationError with one sentence, whatever is wrong."""
    if len(text) > MAX_ADDRESS:
        raise ValidationError("E-postadressen är för lång.", code="max_length")
    EmailValidator("Skriv e-postadressen som namn@example.se.")(text)


class PlainWords(forms.Form):
    """A form in which every fault is a sentence of ours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            is_address = isinstance(field, forms.EmailField)
            field.error_messages["required"] = REQUIRED[name]
            field.validators = [
                check_address
                if is_address
                else ProhibitNullCharactersValidator("Lösenordet har ett tecken som inte går att använda.")
            ]
        if "password1" in self.fields:
            self.fields["password1"].help_text = HELP

    def add_error(self, field: str | None, error: Any) -> None:
        """Two new passwords that differ are the only fault of the second that django-allauth words itself."""
        if field == "password2" and not isinstance(error, ValidationError):
            error = "Lösenorden är inte lika. Skriv samma i båda fälten."
        super().add_error(field, error)


class LoginForm(PlainWords, allauth.LoginForm): ...


class ChangePasswordForm(PlainWords, allauth.ChangePasswordForm): ...


class ResetPasswordForm(PlainWords, allauth.ResetPasswordForm): ...


class ResetPasswordKeyForm(PlainWords, allauth.ResetPasswordKeyForm): ...
