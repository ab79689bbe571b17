"""The form that invites a representative."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError

from parties.accounts import actions
from parties.models import Party, User
from parties.roles import Role
from parties.sign_in.forms import check_address
from samverkan.lib.db import in_swedish_order
from samverkan.lib.faults import PLAIN
from samverkan.lib.forms import NOT_NUMBERS, GuardedForm, TypedLineField

TAKEN = "Det finns redan ett konto med den adressen."


def line(label: str, *, help_text: str = "", required: str = "") -> TypedLineField:
    """A field of at most 150 characters. `required` is the message when it is empty; without one it is optional."""
    return TypedLineField(
        label=label,
        required=bool(required),
        help_text=help_text,
        max_length=150,
        error_messages={"required": required, **PLAIN},
    )


class InviteForm(GuardedForm):
    email = forms.EmailField(label="E-postadress", error_messages={"required": "Skriv en e-postadress."})
    display_name = line("Namn", help_text="Det som andra ser, gärna en funktion.", required="Skriv ett namn.")
    title = line("Funktion", help_text="Till exempel Kommunpolis. Den står vid det som personen skriver.")
    unit: Any = forms.ModelChoiceField(None, label="Enhet", required=False, empty_label="Ingen")

    def __init__(self, data: Any = None, *, party: Party) -> None:
        super().__init__(data)
        self.party = party
        self.fields["email"].validators = [check_address]
        units = party.units.order_by(in_swedish_order("name"))
        if units:
            self.fields["unit"].queryset = units  # type: ignore[attr-defined] # a ModelChoiceField
        else:
            del self.fields["unit"]

    def save(self, *, by: User, at: datetime) -> User | None:
        """Returns the new account, with `invited_at` set if the mail was sent. None when the form has errors."""
        if not self.is_valid():
            return None
        typed = {name: value for name, value in self.cleaned_data.items() if name != NOT_NUMBERS}
        try:
            invited = actions.invite_user(by=by, at=at, role=Role.REPRESENTATIVE, party=self.party, **typed)
        except IntegrityError:  # another request has just taken the address
            self.add_error("email", TAKEN)
            return None
        except ValidationError as refused:
            for name, faults in refused.update_error_dict({}).items():
                self.add_error(None if name == NON_FIELD_ERRORS else name, faults)
            return None
        invited.refresh_from_db(fields=["invited_at"])
        return invited

    def unsent_message(self, invited: User) -> str:
        return (
            f"Kontot finns, men mejlet till {invited.email} gick inte att skicka. Be systemadministratören skicka "
            "inbjudan igen, eller be personen välja ”Har du glömt lösenordet?” när den loggar in."
        )
