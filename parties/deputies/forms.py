"""The form that names a deputy, and the periods that its page lists."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from parties import policies
from parties.deputies import actions
from parties.models import Deputy, User
from parties.roles import Role
from samverkan.lib.db import in_swedish_order
from samverkan.lib.forms import BaseForm, DayField, day_field

CHOOSE = "Välj vem som ska vara ställföreträdare."
GONE = "Välj någon med ett aktivt konto som företräder samma part."


class PersonField(forms.ModelChoiceField):
    """Shows each person with the function, if any. Has one message for every value that is not in the list."""

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

    def __init__(self, data: Any = None, *, person: User, today: date) -> None:
        super().__init__(data)
        for name in ("from_on", "to_on"):  # a day without its year is of the year to come
            day_field(self, name).within = ((today, today + timedelta(days=364)),)
        self.person = person
        self.fields["deputy"].queryset = candidates(person)  # type: ignore[attr-defined] # a ModelChoiceField

    def save(self, *, by: User, today: date) -> Deputy | None:
        """Returns the new period; None when the form has errors."""
        if not self.is_valid():
            return None
        try:
            return actions.name_deputy(by=by, person=self.person, today=today, **self.cleaned_data)
        except ValidationError as refused:
            for name, faults in refused.update_error_dict({}).items():
                self.add_error(name if name in self.fields else None, faults)
            return None


def candidates(person: User) -> QuerySet[User]:
    """The party's other active representatives, by name."""
    representatives = User.objects.filter(is_active=True, role=Role.REPRESENTATIVE, party=person.party_id)
    return representatives.exclude(pk=person.pk).order_by(in_swedish_order("display_name"), "pk")


def upcoming_periods(person: User, *, today: date) -> list[Deputy]:
    """The person's periods that have not ended, earliest first.

    `still_applies` on each is False when the deputy has left or no longer speaks for the same party.
    """
    rows = list(
        Deputy.objects.filter(person=person, to_on__gte=today)
        .select_related("deputy", "person")
        .order_by("from_on")
    )
    for row in rows:
        row.still_applies = policies.can_be_deputy(row.deputy, row.person)  # type: ignore[attr-defined] # for the page
    return rows


def periods_as_deputy(person: User, *, today: date) -> list[Deputy]:
    """The periods in which the person is the deputy, now or later. Leaves out those that no longer apply."""
    rows = Deputy.objects.filter(deputy=person, to_on__gte=today).select_related("person", "deputy")
    return [row for row in rows.order_by("from_on") if policies.can_be_deputy(row.deputy, row.person)]
