"""A form that carries what the editor saw, and keeps what they typed whatever stands in the way of saving it."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import ValidationError
from django.forms import Field
from django.http import QueryDict

from samverkan.lib.editing.stale import Stale
from samverkan.lib.forms import GuardedForm

T = TypeVar("T")
KEPT = "Inget av ditt är sparat än, och din text finns kvar."
STALE = f"{{what}} {KEPT} Spara igen om den fortfarande stämmer."
STALE_BY_ANOTHER = f"Någon annan har sparat medan du skrev. {STALE}"
UNREADABLE = "Formuläret kunde inte läsas. Det du skrev finns kvar: kontrollera det och spara igen."
COPY = "{why} Inget av det du skrev är sparat. Kopiera det du vill ha kvar innan du lämnar sidan."


class CarryingForm(GuardedForm):
    """`carried` gives the present values of the hidden fields that tell what the editor saw, such as a row's version.

    `is_closed` once the row cannot be changed any more, whatever was typed.
    """

    data: Any
    stale: ClassVar[str] = STALE  # above the form, with who has saved, when and what as `what`
    stale_by_self: ClassVar[str] = ""  # when that was the editor; empty for the same sentence
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
        """Says once that hidden fields cannot be read, which nobody at the keyboard can mend, and carries them anew."""
        cleaned = super().clean()
        unreadable = [name for name in self.carried if name in self.errors]
        for name in unreadable:
            del self.errors[name]
        if unreadable:
            self.add_error(None, self.unreadable)
            self.carry()
        return cleaned

    def carry(self) -> None:
        """Puts what is carried into what was sent, so that the next save can go through."""
        data: QueryDict = self.data.copy()
        for name, value in self.carried.items():
            data[self.add_prefix(name)] = str(value)
        self.data = data

    def attempt(self, act: Callable[[], T]) -> T | None:
        """What the action answers; None, with the reason among the errors, when it raises Stale or ValidationError."""
        try:
            return act()
        except Stale as stale:
            self.refuse(stale)
        except ValidationError as error:
            self.blame(error)
        return None

    def refuse(self, stale: Stale) -> None:
        """Somebody was faster: says so, and lets the next save go through."""
        self.add_error(None, self.why_stale(stale))
        self.carry()

    def why_stale(self, stale: Stale) -> str:
        """The sentence above the form."""
        by_self = self.stale_by_self if stale.own else ""
        return (by_self or self.stale).format(what=stale)

    def blame(self, error: ValidationError) -> None:
        """Each fault at its field; those of fields that are not in the form, above it."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, faults in error.error_dict.items():
            self.add_error(name if name in self.fields else None, faults)

    def close(self, why: str) -> None:
        """It cannot be saved any more, and no fault at a field matters."""
        self.is_closed = True
        self.errors.clear()
        self.add_error(None, COPY.format(why=why))
