"""The base forms of all pages for writing an agreement, a declaration, a need or a lägesbild."""

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
from priorities.editing.stale import Writable, why_stale
from samverkan.lib.editing.carrying import STALE_BY_ANOTHER
from samverkan.lib.editing.savers import Savers
from samverkan.lib.editing.side_by_side import SideBySideForm
from samverkan.lib.editing.stale import Stale
from samverkan.lib.forms import TextsField

T = TypeVar("T")
NEW_ROW = re.compile(r"n\d+-")
STALE_BY_SELF = (
    "Du har redan sparat sedan sidan öppnades. {what} Det som står här är inte sparat. "
    "Spara igen om det ska gälla."
)
CLOSING = {"adopted", "archived", "gone"}  # codes of refusals that nobody can mend in the form
LOST_FILE = "Välj filen igen. En webbläsare kan inte behålla den när något annat behöver rättas."


@dataclass(frozen=True)
class Row:
    """One of several like rows in a form. `box`, if there is one, removes or includes it.

    `summary` says in a few words what is there now.
    """

    title: str
    fields: list[forms.BoundField]
    box: forms.BoundField | None = None
    is_new: bool = False
    is_first: bool = False
    summary: str = ""

    @property
    def is_open(self) -> bool:
        """Whether to unfold the row: it is the first one, or has an error or a change."""
        shown = [*self.fields, *([self.box] if self.box else [])]
        return self.is_first or any(each.errors or each.name in each.form.changed_data for each in shown)


class WritingForm(SideBySideForm):
    """A form for a `row` with a version and a history, or for a new row if there is none."""

    plain: ClassVar[tuple[str, ...]] = ()
    stale, stale_by_self = STALE_BY_ANOTHER, STALE_BY_SELF
    version = forms.IntegerField(widget=forms.HiddenInput)
    editor: User | None = None

    def __init__(
        self, data: Any = None, files: Any = None, *, row: Writable | None = None, **kwargs: Any
    ) -> None:
        self.row: Any = row  # asked for its history only when there is one
        super().__init__(data, files=files, carried={"version": row.version if row else 0}, **kwargs)

    def can_merge(self) -> bool:
        return self.row is not None and not self.why_closed()

    def why_closed(self) -> str:
        """The message that says why the row cannot change any more; empty if it can."""
        return ""

    def savers(self, missed: int) -> Savers:
        return Savers.of(self.row.past, missed)

    def what_was_saved(self) -> Stale:
        return why_stale(self.row, self.editor)

    def labels(self) -> dict[str, str]:
        """Labels of a row's fields also say which row, where they do not already."""
        rows: list[Row] = [row for row in getattr(self, "rows", []) if not row.is_new]
        named = {each.name: (strip_tags(str(each.label)), row.title) for row in rows for each in row.fields}
        return {
            name: label if title in label else f"{label} ({title})" for name, (label, title) in named.items()
        }

    def regain(self, data: QueryDict, names: list[str]) -> bool:
        """Moves the values to the first empty new row: `o12-name` becomes `n1-name`. False if there is no such row."""
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
        """Whether to show the note about what not to write."""
        return any(isinstance(field, TextsField) for field in self.fields.values())

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and (why := self.why_closed()):
            self.close(why)
        else:
            self._miss_files()

    def attempt(self, act: Callable[[], T]) -> T | None:
        done = super().attempt(act)
        if not self.is_closed:
            self._miss_files()
        return done

    def blame(self, error: ValidationError) -> None:
        if getattr(error, "code", "") in CLOSING:
            self.close(error.messages[0])
        else:
            super().blame(error)

    def _miss_files(self) -> None:
        """Asks for the file again if something else is wrong, since the browser does not keep it."""
        if not self.is_bound or not self.errors:
            return
        for name in self.files:
            if name in self.fields and name not in self.errors:
                self.add_error(name, ValidationError(LOST_FILE, code="lost_file"))


class WholeForm(WritingForm):
    """A form for a part of a row. Carries the row's version; `whole` is the row, by the actions' name for it."""

    whole: dict[str, Any]

    def write(self, **common: Any) -> None:
        """Calls the part's own action; `common` holds the arguments that all actions take."""

    def save(self, *, by: User, at: datetime) -> bool:
        """True if it is saved; otherwise the reason is among the errors."""
        self.editor = by
        if not self.is_valid():
            return False

        def act() -> bool:
            self.write(by=by, at=at, seen=self.cleaned_data["version"], **self.whole)
            return True

        return self.attempt(act) is not None


class ConfirmForm(WritingForm):
    """A page that asks whether to go on. Nothing to type, but the version that it showed must still be the stored one."""

    def can_merge(self) -> bool:
        return False

    def close(self, why: str) -> None:
        self.add_error(None, why)
