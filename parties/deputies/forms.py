"""What is typed to name a deputy, and which are there already?"""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from parties import policies
from parties.deputies import actions
from parties.models import Deputy, User
from parties.roles import Role
from samverkan.lib.db import in_swedish_order
from samverkan.lib.forms import BaseForm, DayField

CHOOSE = "Välj vem som ska vara ställföreträdare."
GONE = "Välj någon med ett aktivt konto som företräder samma part."


class PersonField(forms.ModelChoiceField):
    """With the function, where there is one; whatever is no person of the list is said in one way."""

    def validate_no_null_characters(self, value: Any) -> None:
        if "\x00" in str(value):
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.display_name}, {obj.title}" if obj.title else obj.display_name


class DeputyForm(BaseForm):
    deputy: Any = PersonField(
        None,
        label="Vem?",
        empty_label="Välj",
        error_messages={"required": CHOOSE, "invalid_choice": GONE},
    )
    from_on = DayField(label="Från och med", help_text="Till exempel 2024-12-20.")
    to_on = DayField(label="Till och med")

    def __init__(self, data: Any = None, *, person: User) -> None:
        super().__init__(data)
        self.person = person
        self.fields["deputy"].queryset = candidates(person)  # type: ignore[attr-defined] # a choice among rows

    def save(self, *, by: User, today: date) -> Deputy | None:
        """The new deputy; None when there are faults to show."""
        if not self.is_valid():
            return None
        try:
            return actions.name_deputy(by=by, person=self.person, today=today, **self.cleaned_data)
        except ValidationError as refused:
            for name, faults in refused.update_error_dict({}).items():
                self.add_error(name if name in self.fields else None, faults)
            return None


def candidates(person: User) -> QuerySet[User]:
    """Those who can stand in for the person, by name."""
    speak_too = User.objects.filter(is_active=True, role=Role.REPRESENTATIVE, party=person.party_id)
    return speak_too.exclude(pk=person.pk).order_by(in_swedish_order("display_name"), "pk")


def planned(person: User, *, today: date) -> list[Deputy]:
    """Those whose time is not over, the next first; each says with `holds` whether it still can be so."""
    rows = list(
        Deputy.objects.filter(person=person, to_on__gte=today)
        .select_related("deputy", "person")
        .order_by("from_on")
    )
    for row in rows:
        row.holds = policies.can_be_deputy(row.deputy, row.person)  # type: ignore[attr-defined] # for the page
    return rows


def stood_in_for(person: User, *, today: date) -> list[Deputy]:
    """Those the person stands in for, now or later."""
    rows = Deputy.objects.filter(deputy=person, to_on__gte=today).select_related("person", "deputy")
    return [row for row in rows.order_by("from_on") if policies.can_be_deputy(row.deputy, row.person)]
