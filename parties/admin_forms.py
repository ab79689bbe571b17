"""The administration's forms for accounts, parties and units."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from parties.models import Party, PartyKind, Unit, User
from parties.sign_in.forms import check_address
from samverkan.lib.administration import ActionForm
from samverkan.lib.db import in_swedish_order
from samverkan.lib.names import parted, refuse_unfit


class UnitChoice(forms.ModelChoiceField):
    """Shows each unit with its party, since several parties have a unit called Kansliet or the like."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.party.short_name}: {obj.name}"


MOVED = (
    "Rättar du adressen skickas en ny inbjudan dit. Personen loggas ut överallt, och lösenordet, länkarna och koderna "
    "som hör till den gamla adressen slutar gälla."
)
MOVED_OWN = "Koderna och länkarna skickas dit i fortsättningen. Lösenordet gäller fortfarande."
MOVED_CLOSED = (
    "Kontot är avslutat. Rättar du adressen skickas ingen inbjudan, och lösenordet, länkarna och koderna som hör till den "
    "gamla adressen slutar gälla."
)


class UserForm(ActionForm):
    unit = UnitChoice(
        Unit.objects.none(), required=False, label="Enhet", help_text="Partens egen enhet, om den har några."
    )

    class Meta:
        model = User
        fields = ("email", "display_name", "title", "party", "unit", "role", "is_active")
        help_texts = {
            "display_name": "Det som andra ser, gärna en funktion.",
            "title": "Till exempel Kommunpolis. Den står vid det som personen skriver.",
            "party": "Behövs för en partsrepresentant.",
            "is_active": "Avmarkera för att avsluta kontot. Den som är inloggad loggas ut. Det som personen skrivit finns kvar.",
        }
        error_messages = {
            "email": {"required": "Skriv en e-postadress."},
            "display_name": {"required": "Skriv ett namn."},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if email := self.fields.get("email"):
            email.validators = [check_address]
            if self.instance.pk:
                is_own = self.instance == self.editor
                email.help_text = MOVED_OWN if is_own else MOVED if self.instance.is_active else MOVED_CLOSED
        if "unit" in self.fields:
            units = Unit.objects.select_related("party")
            self.fields["unit"].queryset = units.order_by("party__slug", in_swedish_order("name"))  # type: ignore[attr-defined] # a ModelChoiceField


class NamesField(forms.CharField):
    """A list of names, one per line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return parted(super().to_python(value) or "", "\n")

    def validate(self, value: Any) -> None:
        """Accepts an empty list, unlike CharField."""

    def run_validators(self, value: Any) -> None:
        super().run_validators("\n".join(value))
        refuse_unfit(value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != parted(data or "", "\n")


NO_YEAR = "Skriv ett år med fyra siffror."


class PartyForm(ActionForm):
    other_names = NamesField(
        required=False,
        label="Andra namn",
        help_text="Ett namn per rad, till exempel lokalpolisen. För sökning och import.",
    )

    class Meta:
        model = Party
        fields = ("name", "short_name", "slug", "kind", "since_year", "leads", "other_names")
        error_messages = {
            "name": {"required": "Skriv partens namn."},
            "short_name": {"required": "Skriv ett kort namn."},
            "kind": dict.fromkeys(("required", "invalid_choice"), "Välj vad det är för slags organisation."),
            "since_year": dict.fromkeys(("invalid", "min_value", "max_value"), NO_YEAR),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if slug := self.fields.get("slug"):
            slug.required = False
            slug.help_text = "Lämna tomt för att få den av det korta namnet. Den kan inte ändras sedan."
        if kind := self.fields.get("kind"):
            kind.queryset = PartyKind.objects.order_by(in_swedish_order("name"))  # type: ignore[attr-defined] # a ModelChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "slug" in cleaned and not cleaned["slug"] and "short_name" not in self.errors:
            cleaned["slug"] = slugify(cleaned.get("short_name", ""))[:60]
            if not cleaned["slug"]:
                self.add_error("slug", ValidationError("Skriv en adressdel."))
        return cleaned


class UnitForm(ActionForm):
    class Meta:
        model = Unit
        fields = ("party", "name")
        error_messages = {
            "party": {"required": "Välj en part."},
            "name": {"required": "Skriv enhetens namn."},
        }
