"""A form that carries what the editor saw in hidden fields, and keeps the text when it cannot be saved."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import ValidationError
from django.forms import Field
from django.http import QueryDict

from samverkan.lib.editing.stale import Stale
from samverkan.lib.faults import elsewhere
from samverkan.lib.forms import GuardedForm

T = TypeVar("T")
KEPT = "Inget av ditt är sparat än, och din text finns kvar."
STALE = f"{{what}} {KEPT} Spara igen om den fortfarande stämmer."
STALE_BY_ANOTHER = f"Någon annan har sparat medan du skrev. {STALE}"
UNREADABLE = "Formuläret kunde inte läsas. Det du skrev finns kvar: kontrollera det och spara igen."
COPY = "{why} Inget av det du skrev är sparat. Kopiera det du vill ha kvar innan du lämnar sidan."


class CarryingForm(GuardedForm):
    """`carried` holds the current values of the hidden fields, such as the row's version.

    `is_closed` when the row can no longer be changed.
    """

    data: Any
    stale: ClassVar[str] = STALE  # the message above the form; `what` says who has saved, when and what
    stale_by_self: ClassVar[str] = ""  # the message when it was the editor; empty for the same as `stale`
    unreadable: ClassVar[str] = UNREADABLE
    is_closed = False

    def __init__(self, data: Any = None, *, carried: dict[str, Any], **kwargs: Any) -> None:
        self.carried = carried
        super().__init__(data, **kwargs)

    def get_initial_for_field(self, field: Field, field_name: str) -> Any:
        if field_name in self.carried:
            return self.carried[field_name]
        return super().get_initial_for_field(field, field_name)

    def clean(self) -> dict[str, Any]:
        """Replaces the errors of unreadable hidden fields by one message, and carries the current values."""
        cleaned = super().clean()
        unreadable = [name for name in self.carried if name in self.errors]
        for name in unreadable:
            del self.errors[name]
        if unreadable:
            self.add_error(None, self.unreadable)
            self.carry()
        return cleaned

    def carry(self) -> None:
        """Puts the current values into the sent data, so that the next save works."""
        data: QueryDict = self.data.copy()
        for name, value in self.carried.items():
            data[self.add_prefix(name)] = str(value)
        self.data = data

    def attempt(self, act: Callable[[], T]) -> T | None:
        """The action's result; None, with the reason among the errors, when it raises Stale or ValidationError."""
        try:
            return act()
        except Stale as stale:
            self.refuse(stale)
        except ValidationError as error:
            self.blame(error)
        return None

    def refuse(self, stale: Stale) -> None:
        """Adds the message that somebody has saved, and lets the next save work."""
        self.add_error(None, self.why_stale(stale))
        self.carry()

    def why_stale(self, stale: Stale) -> str:
        """The message above the form."""
        by_self = self.stale_by_self if stale.own else ""
        return (by_self or self.stale).format(what=stale)

    def blame(self, error: ValidationError) -> None:
        """Adds each error at its field, or above the form when it has no such field."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, faults in error.error_dict.items():
            if name in self.fields:
                self.add_error(name, faults)
            else:
                self.add_error(None, [elsewhere(fault) for fault in faults])

    def close(self, why: str) -> None:
        """Marks the form as closed, with `why` and an advice to copy the text as its only error."""
        self.is_closed = True
        self.errors.clear()
        self.add_error(None, COPY.format(why=why))
