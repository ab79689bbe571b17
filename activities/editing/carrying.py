"""How does a form know what the person had before them, and keep their text when somebody has saved in between?"""

from typing import Any

from django.http import QueryDict

from samverkan.lib.forms import GuardedForm

UNREADABLE = "Formuläret kunde inte läsas. Det du skrev finns kvar: kontrollera det och spara igen."
STALE = "{what} Inget av ditt är sparat än, och din text finns kvar. Spara igen om den fortfarande stämmer."


class CarryingForm(GuardedForm):
    """Carries what stood when it was opened in hidden fields; `carried` gives their present values."""

    data: Any

    def __init__(self, data: Any = None, *, carried: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(data, **{**kwargs, "initial": kwargs.get("initial", {}) | carried})
        self.carried = carried

    def clean(self) -> dict[str, Any]:
        """The hidden fields are nobody's fault at the keyboard: one sentence, and the next save can go through."""
        cleaned = super().clean()
        unreadable = [name for name in self.carried if name in self.errors]
        for name in unreadable:
            del self.errors[name]
        if unreadable:
            self.add_error(None, UNREADABLE)
            self.carry(self.carried)
        return cleaned

    def carry(self, carried: dict[str, Any]) -> None:
        """Shows what stands now in the hidden fields, so that the next save can go through."""
        data: QueryDict = self.data.copy()
        for name, value in carried.items():
            data[self.add_prefix(name)] = str(value)
        self.data = data
