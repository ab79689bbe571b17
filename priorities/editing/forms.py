"""What do all the pages for writing share? What was written is kept, and nothing is overwritten unseen."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.html import strip_tags

from parties.models import User
from priorities.editing.stale import Stale, Writable, why_stale
from samverkan.lib.editing.savers import Savers
from samverkan.lib.editing.side_by_side import SideBySideForm
from samverkan.lib.forms import TextsField

T = TypeVar("T")
NEW_ROW = re.compile(r"n\d+-")
BOX = "not_identity_numbers"
UNREADABLE = "Formuläret kunde inte läsas. Det du skrev finns kvar: kontrollera det och spara igen."
STALE = (
    "Någon annan har sparat medan du skrev. {what} Inget av ditt är sparat än, och din text finns kvar. "
    "Spara igen om den fortfarande stämmer."
)
STALE_BY_SELF = (
    "Du har redan sparat sedan sidan öppnades. {what} Det som står här är inte sparat. "
    "Spara igen om det ska gälla."
)
CLOSING = {"adopted", "archived", "gone"}  # codes of what cannot be mended
COPY = "{why} Inget av det du skrev är sparat. Kopiera det du vill ha kvar innan du lämnar sidan."
LOST_FILE = "Välj filen igen. En webbläsare kan inte behålla den när något annat behöver rättas."


@dataclass(frozen=True)
class Row:
    """One of several alike in a form, with its fields in order; `box` takes it away or in, if there is one.

    `told` is what stands there now, in a few words.
    """

    title: str
    fields: list[forms.BoundField]
    box: forms.BoundField | None = None
    is_new: bool = False
    is_first: bool = False
    told: str = ""

    @property
    def is_open(self) -> bool:
        """Whether to unfold it: it is the first of all, or something is wrong or newly written in it."""
        shown = [*self.fields, *([self.box] if self.box else [])]
        return self.is_first or any(each.errors or each.name in each.form.changed_data for each in shown)


class WritingForm(SideBySideForm):
    """Carries the version of the `row` that the editor saw, so that a stale save is noticed. Without a row it is new.

    `is_closed` once the row cannot be changed any more, whatever was typed.
    """

    plain: ClassVar[tuple[str, ...]] = ()
    version = forms.IntegerField(widget=forms.HiddenInput)
    editor: User | None = None
    is_closed = False

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        row: Writable | None = None,
        initial: Any = None,
        **kwargs: Any,
    ) -> None:
        self.row: Any = row  # asked for its history only when there is one
        self.version_now = row.version if row else 0
        super().__init__(data, files, initial={**(initial or {}), "version": self.version_now}, **kwargs)

    def stands(self) -> int:
        return self.version_now

    def can_meet(self) -> bool:
        return self.row is not None and not self.why_closed()

    def why_closed(self) -> str:
        """The sentence that says why the row cannot be changed any more; empty when it can."""
        return ""

    def savers(self, missed: int) -> Savers:
        return Savers.of(self.row.past, missed)

    def told_stale(self) -> str:
        return _stale(why_stale(self.row, self.editor))

    def labels(self) -> dict[str, str]:
        """Those of a row say which row they are of."""
        rows: list[Row] = [row for row in getattr(self, "rows", []) if not row.is_new]
        return {
            each.name: f"{strip_tags(str(each.label))} ({row.title})" for row in rows for each in row.fields
        }

    def regain(self, data: QueryDict, names: list[str]) -> bool:
        """The first of the new rows in which nothing is written: `o12-name` becomes `n1-name`."""
        parts = {name.partition("-")[2]: name for name in names}
        for key in dict.fromkeys(name.partition("-")[0] for name in self.fields if NEW_ROW.match(name)):
            own = [name for name in self.fields if name.startswith(f"{key}-")]
            if not any(data.get(name, "").strip() for name in own):
                for part, name in parts.items():
                    if f"{key}-{part}" in self.fields:
                        data.setlist(f"{key}-{part}", data.getlist(name))
                return True
        return False

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        return self.bound(self.plain)

    def bound(self, names: Iterable[str]) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def has_texts(self) -> bool:
        """Whether the note about what not to write belongs with it."""
        return any(isinstance(field, TextsField) for field in self.fields.values())

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and (why := self.why_closed()):
            self.close(why)
            return
        if self.is_bound and "version" in self.errors:
            del self.errors["version"]
            self.add_error(None, UNREADABLE)
            self.refresh()
        self._miss_files()

    def attempt(self, act: Callable[[], T]) -> T | None:
        """What the action answers; None, with its reason among the errors and every word kept, when it refuses."""
        try:
            return act()
        except Stale as stale:
            self.add_error(None, _stale(stale))
        except ValidationError as error:
            if getattr(error, "code", "") in CLOSING:
                self.close(error.messages[0])
                return None
            self.blame(error)
        self.refresh()
        self._miss_files()
        return None

    def close(self, why: str) -> None:
        """It cannot be saved any more, and no fault at a field matters."""
        self.is_closed = True
        self.errors.clear()
        self.add_error(None, COPY.format(why=why))

    def blame(self, error: ValidationError) -> None:
        """Each fault at its field; those of fields that are not in the form, above it."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, faults in error.error_dict.items():
            self.add_error(name if name in self.fields else None, faults)

    def refresh(self) -> None:
        """Carries what stands now, so that the next save can go through."""
        data: QueryDict = self.data.copy()
        data[self.add_prefix("version")] = str(self.version_now)
        self.data = data

    def _miss_files(self) -> None:
        """A file is sent once: when something else is wrong it has to be chosen again."""
        if not self.is_bound or not self.errors:
            return
        for name in self.files:
            if name in self.fields and name not in self.errors:
                self.add_error(name, ValidationError(LOST_FILE, code="lost_file"))


class WholeForm(WritingForm):
    """One part of something larger, whose version it carries; `whole` is that, by the name that the actions have for it."""

    whole: dict[str, Any]

    def write(self, **common: Any) -> None:
        """Each part has its own action; `common` is what they all want to know."""

    def save(self, *, by: User, at: datetime) -> bool:
        """Whether it is saved; otherwise the reason is among the errors."""
        self.editor = by
        if not self.is_valid():
            return False

        def act() -> bool:
            self.write(by=by, at=at, seen=self.cleaned_data["version"], **self.whole)
            return True

        return self.attempt(act) is not None


class ConfirmForm(WritingForm):
    """A page that asks whether to go on: nothing to type, but what was shown has to be what stands."""

    def can_meet(self) -> bool:
        return False

    def close(self, why: str) -> None:
        self.add_error(None, why)


def _stale(stale: Stale) -> str:
    return (STALE_BY_SELF if stale.own else STALE).format(what=stale)
