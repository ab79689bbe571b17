"""django-allauth's forms for signing in and choosing a password, with our own messages."""

import logging
import re
from typing import Any

from allauth.account import forms as allauth
from allauth.core import context
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, ProhibitNullCharactersValidator

from parties.models import User
from parties.sign_in import devices, may_have_code
from parties.sign_in.code_mail import OutgoingCode

MAX_ADDRESS = 254
TOO_MANY_CODES = "Du har bett om för många koder. Vänta en stund, eller logga in med ditt lösenord."
NO_MAIL = "Det går inte att skicka mejl just nu. Försök igen om en stund, eller logga in med ditt lösenord."
HELP = "Minst 12 tecken. Det får inte likna din e-postadress eller ditt namn och inte vara lätt att gissa."
REQUIRED = {
    "login": "Skriv din e-postadress.",
    "email": "Skriv din e-postadress.",
    "password": "Skriv ditt lösenord.",
    "oldpassword": "Skriv lösenordet som du har i dag.",
    "password1": "Skriv ett nytt lösenord.",
    "password2": "Skriv det nya lösenordet en gång till.",
}

logger = logging.getLogger(__name__)


def check_address(text: str) -> None:
    """Raises ValidationError with a single message, however many faults there are."""
    if len(text) > MAX_ADDRESS:
        raise ValidationError("E-postadressen är för lång.", code="max_length")
    EmailValidator("Skriv e-postadressen som namn@example.se.")(text)


class OwnMessagesForm(forms.Form):
    """Gives every error in its fields a message of our own."""

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
        """Replaces the one plain text that django-allauth sets at `password2`: the two new passwords differ."""
        if field == "password2" and not isinstance(error, ValidationError):
            error = "Lösenorden är inte lika. Skriv samma i båda fälten."
        super().add_error(field, error)


class LoginForm(OwnMessagesForm, allauth.LoginForm):
    @property
    def address(self) -> forms.BoundField:
        return self["login"]


class RequestCodeForm(OwnMessagesForm, allauth.RequestLoginCodeForm):
    """Takes the sign-in page's form when it asks for a code. The address field is named `login` there too."""

    password = forms.CharField(required=False)  # the page shows it; nothing reads it
    _user: User | None

    def add_prefix(self, field_name: str) -> str:
        return super().add_prefix("login" if field_name == "email" else field_name)

    @property
    def address(self) -> forms.BoundField:
        return self["email"]

    def clean_email(self) -> str:
        """Forgets a user who may not have a code. The answer stays the same."""
        try:
            email: str = super().clean_email()
        except ValidationError as refused:
            raise ValidationError(TOO_MANY_CODES, code="too_many_codes") from refused
        if self._user and not may_have_code(self._user):
            self._user = None
        return email

    def clean(self) -> dict[str, Any]:
        """Connects to the mail server, whether or not the address has an account."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                context.request.outgoing = OutgoingCode()
            except OSError as down:
                logger.exception("The mail server cannot be reached; no sign-in code can be sent")
                raise ValidationError(NO_MAIL, code="no_mail") from down
        return cleaned


class CodeField(forms.CharField):
    """Six digits. Ignores spaces, dots and dashes pasted with them."""

    def to_python(self, value: Any) -> str:
        text = str(value or "")
        code = re.sub(r"[\s.\u2010-\u2015-]", "", text)
        if code and not re.fullmatch(r"[0-9]{6}", code):
            raise ValidationError("Skriv de sex siffrorna i mejlet.", code="invalid")
        return code


class ConfirmCodeForm(allauth.ConfirmLoginCodeForm):
    code = CodeField(error_messages={"required": "Skriv koden i mejlet."})
    trust = forms.BooleanField(
        required=False,
        label=f"Lita på den här enheten i {devices.DAYS} dagar",
        help_text="Då loggar du in med en kod igen först efter det. Välj det inte på en dator som du delar med andra.",
    )
    minutes = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60


class ChangePasswordForm(OwnMessagesForm, allauth.ChangePasswordForm): ...


class ResetPasswordForm(OwnMessagesForm, allauth.ResetPasswordForm): ...


class ResetPasswordKeyForm(OwnMessagesForm, allauth.ResetPasswordKeyForm): ...
