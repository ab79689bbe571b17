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

from parties import attempts, audit
from parties.audit import Act
from parties.models import User
from parties.sign_in import account_of, devices, known_devices, may_have_code, record_stopped, who
from parties.sign_in.outgoing import OutgoingMail

MAX_ADDRESS = 254
TOO_MANY_CODES = "Du har bett om för många koder. Vänta {} och be om en ny, eller logga in med ditt lösenord."
TOO_MANY_LINKS = "Du har bett om för många länkar. Titta i din inkorg, eller vänta {} och be om en ny."
TOO_MANY_PASSWORDS = (
    "För många försök. Vänta {} och försök igen, eller logga ut och välj ”Har du glömt lösenordet?”."
)
NO_MAIL = "Det går inte att skicka mejl just nu. Försök igen om en stund, eller logga in med ditt lösenord."
NO_LINK = "Det går inte att skicka mejl just nu. Försök igen om en stund."
HELP = (
    "Minst 12 tecken. Det får inte likna din e-postadress eller ditt namn och inte vara lätt att gissa. "
    "Välj till exempel fyra ord som inte hör ihop."
)
USED = "Länken är redan använd. Be om en ny."
SHORT, LONG = 6, 10  # digits of a code
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


class MailingForm(OwnMessagesForm):
    """Asks for a mail. The answer is the same whether or not the address has an account."""

    act: Act
    action: str  # in the table of limits
    too_many: str
    no_mail: str

    def clean(self) -> dict[str, Any]:
        """Counts the request, and connects to the mail server, also for an address without an account."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        request = context.request
        try:
            counted = attempts.count(self.action, **who(request, cleaned["email"]))
        except attempts.TooMany as refused:
            record_stopped(self.act, refused, cleaned["email"])
            sentence = self.too_many.format(refused.wait)
            self.add_error("email", ValidationError(sentence, code="too_many"))
            return cleaned
        try:
            request.outgoing = OutgoingMail()
        except OSError as down:
            logger.exception("The mail server cannot be reached; no mail about signing in can be sent")
            attempts.give_back(counted)
            raise ValidationError(self.no_mail, code="no_mail") from down
        audit.record(self.act, by=None, of=account_of(cleaned["email"]))
        return cleaned


class RequestCodeForm(MailingForm, allauth.RequestLoginCodeForm):
    """Takes the sign-in page's form when it asks for a code. The address field is named `login` there too."""

    password = forms.CharField(required=False)  # the page shows it; nothing reads it
    act = Act.CODE_ASKED
    action, too_many, no_mail = "code asked for", TOO_MANY_CODES, NO_MAIL
    _user: User | None

    def add_prefix(self, field_name: str) -> str:
        return super().add_prefix("login" if field_name == "email" else field_name)

    @property
    def address(self) -> forms.BoundField:
        return self["email"]

    def clean_email(self) -> str:
        """Forgets a user who may not have a code. The answer stays the same."""
        email: str = super().clean_email()
        if self._user and not may_have_code(self._user):
            self._user = None
        return email

    def clean(self) -> dict[str, Any]:
        """Gives a longer code where many have been asked for, so that asking for more makes no guess likelier."""
        cleaned = super().clean()
        if not self.errors:
            request, address = context.request, cleaned["email"]
            is_known = known_devices.known(request, address)
            action = "short code on a known device" if is_known else "short code"
            try:
                counted = attempts.count(action, account=attempts.as_account(address))
            except attempts.TooMany:
                request.outgoing.digits = LONG
            else:
                request.outgoing.digits = SHORT
                request.outgoing.counted = counted if is_known else []
        return cleaned


class CodeField(forms.CharField):
    """Six or ten digits. Ignores spaces, dots and dashes pasted with them."""

    digits = SHORT

    def to_python(self, value: Any) -> str:
        text = str(value or "")
        code = re.sub(r"[\s.\u2010-\u2015-]", "", text)
        if code and not re.fullmatch(rf"[0-9]{{{self.digits}}}", code):
            number = "tio" if self.digits == LONG else "sex"
            raise ValidationError(f"Skriv de {number} siffrorna i mejlet.", code="invalid")
        return code


class ConfirmCodeForm(allauth.ConfirmLoginCodeForm):
    code = CodeField(error_messages={"required": "Skriv koden i mejlet."})
    trust = forms.BooleanField(
        required=False,
        label=f"Lita på den här enheten i {devices.DAYS} dagar",
        help_text="Då loggar du in med en kod igen först efter det. Välj det inte på en dator som du delar med andra.",
    )
    minutes = settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_long = context.request.session.get("code_digits") == LONG
        self.fields["code"].digits = LONG if self.is_long else SHORT


class ChangePasswordForm(OwnMessagesForm, allauth.ChangePasswordForm):
    def clean_oldpassword(self) -> str:
        """Counts a guess at the password of today before it is judged, and uncounts a right one."""
        try:
            counted = attempts.count("password of today", account=str(self.user.pk))
        except attempts.TooMany as refused:
            raise ValidationError(TOO_MANY_PASSWORDS.format(refused.wait), code="too_many") from refused
        password: str = super().clean_oldpassword()
        attempts.give_back(counted)
        return password


class ResetPasswordForm(MailingForm, allauth.ResetPasswordForm):
    act = Act.RESET_ASKED
    action, too_many, no_mail = "reset asked for", TOO_MANY_LINKS, NO_LINK


class ResetPasswordKeyForm(OwnMessagesForm, allauth.ResetPasswordKeyForm):
    def clean(self) -> dict[str, Any]:
        """Takes the link, of two that are sent at once the first; a password that is refused leaves it to be used."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not attempts.is_allowed("link used", link=f"{self.user.pk} {self.temp_key}"):
            raise ValidationError(USED, code="used")
        return cleaned

    def save(self) -> None:
        """Leaves the user to the view, which makes the browser known to the account."""
        super().save()
        context.request.proven = self.user
