"""A form that merges what somebody else has saved meanwhile, and shows both texts where they conflict.

Three values decide for each field: the one seen as the form was opened, the one saved now, and the one typed. A field
that only the other has changed takes the saved value; one that only the editor has changed keeps the typed value; where
both have changed it, both are shown and the typed one stays in the field. Nothing is saved before the editor has seen
the result, unless the form says that it need not be seen (`goes_on`).
"""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import strip_tags

from samverkan.lib.editing.carrying import CarryingForm
from samverkan.lib.editing.savers import Savers
from samverkan.lib.editing.stale import Stale
from samverkan.lib.editing.three_values import as_text, chosen_labels, digest, digests, digests_of, stamp
from samverkan.lib.wordwise import Piece, compared

STOOD, BESIDE = "stood", "beside"
TICKED = "on"  # what a browser sends for a ticked box
UNCOMPARED = {STOOD, BESIDE, "not_identity_numbers"}
LONG = 300  # characters; a longer text in a list is folded
MOST_DIGITS = 15  # of a version number that a form sends


@dataclass(frozen=True)
class Theirs:
    """The saved value to show beside the typed one: a text as `pieces`, a list as `lines`; neither when it is empty."""

    who: str = ""
    pieces: list[Piece] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    @property
    def is_long(self) -> bool:
        """Whether to fold the text in a list of several."""
        return sum(len(piece.text) for piece in self.pieces) > LONG

    @property
    def has_marks(self) -> bool:
        return any(piece.is_new or piece.is_gone for piece in self.pieces)


@dataclass(frozen=True)
class FieldLine:
    """A field in the list above the form. `address` is the id to link to; empty without one."""

    label: str
    address: str = ""
    theirs: Theirs | None = None


@dataclass
class Merged:
    """The result of the merge.

    `both` changed it, `taken` from the other, `kept` from the editor; `lost` are texts typed in removed rows, `again`
    are removed rows whose texts stand in a new row, and `gone` are removed rows that the editor had not changed.
    """

    both: list[FieldLine] = field(default_factory=list)
    taken: list[FieldLine] = field(default_factory=list)
    kept: list[FieldLine] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    again: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    @property
    def has_marks(self) -> bool:
        return any(each.theirs and each.theirs.has_marks for each in [*self.both, *self.taken])

    @property
    def is_elsewhere(self) -> bool:
        """Whether the other save changed no field of the form."""
        return not (self.both or self.taken or self.lost or self.again or self.gone)


class SideBySideForm(CarryingForm):
    """`stood` carries a digest of each non-empty field as the editor saw it; `beside` the names of fields shown twice."""

    stood = forms.Field(widget=forms.HiddenInput, required=False)
    beside = forms.Field(widget=forms.HiddenInput, required=False)

    counter = "version"  # the carried number that each save raises
    digests_seen: dict[str, str] | None = None  # the digests of `stood`, once somebody has saved meanwhile
    merged: Merged | None = None

    # --- What a subclass provides ---------------------------------------------------------------------
    @abstractmethod
    def what_was_saved(self) -> Stale:
        """A Stale that says who has saved, when and what. Called only when somebody has."""

    def savers(self, missed: int) -> Savers:
        """Who has saved each field, for rows with a history. Called only when somebody has."""
        return Savers([])

    def can_merge(self) -> bool:
        """False for a new row, and for one that can no longer be saved here."""
        return True

    def goes_on(self, merged: Merged) -> bool:
        """Whether to save at once, without showing the result of the merge first."""
        return False

    def labels(self) -> dict[str, str]:
        """Labels for fields whose own label is not unique in the form."""
        return {}

    # --- The three values ------------------------------------------------------
    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name == STOOD:
            return stamp({name: self._saved(name) for name in self.compared_names()})
        return super().get_initial_for_field(field, field_name)

    def compared_names(self) -> list[str]:
        return [
            name
            for name, each in self.fields.items()
            if name not in UNCOMPARED and not isinstance(each, forms.FileField) and not each.widget.is_hidden
        ]

    def _saved(self, name: str) -> Any:
        return self.get_initial_for_field(self.fields[name], name)

    def _typed(self, name: str) -> Any:
        raw = self[name].data
        try:
            return self.fields[name].to_python(raw)
        except ValidationError:
            return raw

    def saved_count(self) -> int:
        """The current value of the counter."""
        return int(self.carried.get(self.counter, 0))

    def has_moved(self) -> bool:
        """Whether somebody has saved since the form was opened."""
        sent = str(self.data.get(self.add_prefix(self.counter), ""))
        return sent.isdecimal() and len(sent) <= MOST_DIGITS and int(sent) != self.saved_count()

    # --- Merging -----------------------------------------------------------------------------------------
    def full_clean(self) -> None:
        is_stale = self.is_bound and self.has_moved() and self.can_merge() and self._merge()
        super().full_clean()
        if is_stale:
            self.add_error(None, self.why_stale(self.what_was_saved()))
        elif self.is_bound and self.errors:
            self._show_again()

    def _merge(self) -> bool:
        """False when there is nothing to show: everything typed is already saved, as of a form sent twice, or `goes_on`."""
        data = self.data.copy()
        savers = self.savers(self.saved_count() - int(data[self.add_prefix(self.counter)]))
        self.digests_seen = seen = digests(data.get(self.add_prefix(STOOD)))
        self.merged = merged = Merged()
        beside = []
        for name in self.compared_names():
            saved, typed = digest(self._saved(name)), digest(self._typed(name))
            if saved == typed:
                continue
            if seen is not None and seen.get(name, "") == typed:
                merged.taken.append(self._line(name, savers))
                self._put(data, name)
            elif seen is not None and seen.get(name, "") == saved:
                merged.kept.append(self._line(name))
            else:
                merged.both.append(self._line(name, savers))
                beside.append(name)
        if seen is not None:
            self._find_lost(merged, data, seen)
        for name in beside:
            self.show_beside(name, savers)
        data[self.add_prefix(STOOD)] = self.get_initial_for_field(self.fields[STOOD], STOOD)
        data[self.add_prefix(BESIDE)] = " ".join(beside)
        self.data = data
        self.carry()
        return (not merged.is_elsewhere or bool(merged.kept)) and not self.goes_on(merged)

    def _show_again(self) -> None:
        """Keeps fields side by side when the form comes back because of another error."""
        names = set(str(self.data.get(self.add_prefix(BESIDE)) or "").split())
        beside = [name for name in self.compared_names() if name in names]
        differ = [name for name in beside if digest(self._saved(name)) != digest(self._typed(name))]
        if differ:
            savers = self.savers(1)
            for name in differ:
                self.show_beside(name, savers)

    def show_beside(self, name: str, savers: Savers) -> None:
        """Shows the saved value beside the field."""
        self[name].theirs = self._theirs(name, savers)  # type: ignore[attr-defined] # read by the template of a field

    def is_beside(self, names: Iterable[str]) -> bool:
        """Whether any of the fields is shown twice, so that their section must be open."""
        return any(hasattr(self[name], "theirs") for name in names if name in self.fields)

    def _find_lost(self, merged: Merged, data: Any, seen: dict[str, str]) -> None:
        """Sorts texts of rows that another has removed: unchanged ones are `gone`, others `again` or `lost`."""
        rows: dict[str, list[str]] = {}
        for name in self.lost_names(data):
            rows.setdefault(name.rpartition("-")[0], []).append(name)
        for names in rows.values():
            texts = [str(data[name]) for name in names]
            if TICKED in texts:  # the box that takes the row away
                continue
            if all(seen.get(name) in digests_of(data, name) for name in names):
                merged.gone.append(texts[0])
            elif self.regain(data, names):
                merged.again.append(texts[0])
            else:
                merged.lost.extend(texts)

    def lost_names(self, data: Any) -> list[str]:
        """Sent names with a text in rows that the form no longer has: `o12-name` when no field begins with `o12-`."""
        rows = {name.rpartition("-")[0] for name in self.fields}
        return [
            name
            for name in data
            if "-" in name and name.rpartition("-")[0] not in rows and str(data[name]).strip()
        ]

    def regain(self, data: Any, names: list[str]) -> bool:
        """Puts the texts of a removed row into a new row; False when the form has none."""
        return False

    def _put(self, data: Any, name: str) -> None:
        """Puts the saved value into the data, as a browser would send it."""
        each, key, saved = self.fields[name], self.add_prefix(name), self._saved(name)
        if isinstance(each, forms.BooleanField):
            data.setlist(key, [TICKED] if saved else [])
        elif isinstance(each, forms.MultipleChoiceField):
            data.setlist(key, [str(value) for value in saved or []])
        else:
            value = each.prepare_value(saved)
            data[key] = "" if value is None else str(value)

    # --- Text ----------------------------------------------------------------------------------------
    def _line(self, name: str, savers: Savers | None = None) -> FieldLine:
        bound = self[name]
        label = self.labels().get(name) or strip_tags(str(bound.label))
        address = bound.id_for_label or f"{bound.auto_id}_0"
        return FieldLine(label, address, self._theirs(name, savers) if savers else None)

    def _theirs(self, name: str, savers: Savers) -> Theirs:
        who, each = savers.who(name), self.fields[name]
        saved, typed = self._saved(name), self._typed(name)
        if isinstance(each, forms.ChoiceField):
            return Theirs(who, lines=chosen_labels(each, saved))
        return Theirs(who, compared(as_text(saved), as_text(typed)))
