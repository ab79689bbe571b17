"""What happens to a form whose row somebody else has saved meanwhile?

Three values decide for each field: what the editor saw as the form was opened, what is saved now, and what was typed.
A field that only the other has changed takes what is saved; one that only the editor has changed stays as it was typed;
where both have, both are shown and the editor's stays in the field. Nothing is saved until the editor has seen it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.html import strip_tags

from samverkan.lib.dates import in_words, parse_day
from samverkan.lib.forms import GuardedForm
from samverkan.lib.numbers import written
from samverkan.lib.savers import Savers
from samverkan.lib.texts import readable
from samverkan.lib.wordwise import Piece, compared

STOOD, BESIDE = "stood", "beside"
UNCOMPARED = {STOOD, BESIDE, "not_identity_numbers"}
DIGITS = 8  # of a digest: enough to tell two texts of one field apart


@dataclass(frozen=True)
class Theirs:
    """What is saved now, beside what was typed. `pieces` is a text word for word, `lines` a list; neither when it is empty."""

    who: str = ""
    pieces: list[Piece] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Told:
    """A field in the list above the form. `address` is its id; empty when it has none to lead to."""

    label: str
    address: str = ""
    theirs: Theirs | None = None


@dataclass
class Meeting:
    """What the three values gave: fields by what happened to them."""

    both: list[Told] = field(default_factory=list)
    taken: list[Told] = field(default_factory=list)
    kept: list[Told] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    @property
    def is_elsewhere(self) -> bool:
        """Nothing that the form shows was saved by another."""
        return not (self.both or self.taken or self.lost or self.gone)


class SideBySideForm(GuardedForm):
    """`stood` carries what the editor saw, a digest for each field that was not empty; `beside` the fields shown twice."""

    stood = forms.Field(widget=forms.HiddenInput, required=False)
    beside = forms.Field(widget=forms.HiddenInput, required=False)

    data: Any
    meeting: Meeting | None = None
    counter = "version"  # the hidden field that tells what the editor saw from what stands

    # --- What a form tells of itself ---------------------------------------------------------------------
    def stands(self) -> int:
        """What the counter would be if the form were opened now."""
        raise NotImplementedError

    def savers(self, missed: int) -> Savers:
        """Who has saved. Asked for only when somebody has."""
        raise NotImplementedError

    def told_stale(self) -> str:
        """The sentence above the form."""
        raise NotImplementedError

    def can_meet(self) -> bool:
        """False when nothing can be saved here any more, which is told elsewhere."""
        return True

    def labels(self) -> dict[str, str]:
        """What fields are called where their own label does not say which of several alike they are."""
        return {}

    # --- What stands, what was seen, what was typed ------------------------------------------------------
    def get_initial_for_field(self, field: forms.Field, field_name: str) -> Any:
        if field_name == STOOD:
            return self._stamp()
        return super().get_initial_for_field(field, field_name)

    def compared_names(self) -> list[str]:
        return [
            name
            for name, each in self.fields.items()
            if name not in UNCOMPARED and not isinstance(each, forms.FileField) and not each.widget.is_hidden
        ]

    def _stamp(self) -> str:
        digests = {name: digest(self._saved(name)) for name in self.compared_names()}
        return " ".join(f"{name}:{each}" for name, each in digests.items() if each)

    def _seen(self) -> dict[str, str] | None:
        """The digests as they were sent; None when they were not."""
        return digests(self.data.get(self.add_prefix(STOOD)))

    def _saved(self, name: str) -> Any:
        return self.get_initial_for_field(self.fields[name], name)

    def _typed(self, name: str) -> Any:
        raw = self[name].data
        try:
            return self.fields[name].to_python(raw)
        except ValidationError:
            return raw

    def has_moved(self) -> bool:
        """Whether somebody has saved since the form was opened."""
        sent = str(self.data.get(self.add_prefix(self.counter), ""))
        return sent.isdecimal() and len(sent) < DIGITS * 2 and int(sent) != self.stands()

    # --- The meeting -------------------------------------------------------------------------------------
    def full_clean(self) -> None:
        is_moved = self.is_bound and self.has_moved() and self.can_meet() and self._meet()
        super().full_clean()
        if is_moved:
            self.add_error(None, self.told_stale())
        elif self.is_bound and self.errors:
            self._show_again()

    def _meet(self) -> bool:
        """False when all that was typed stands already, as when a form is sent twice: then nothing needs to be told."""
        data = self.data.copy()
        missed = self.stands() - int(data[self.add_prefix(self.counter)])
        seen, savers = self._seen(), self.savers(missed)
        self.meeting = meeting = Meeting()
        beside = []
        for name in self.compared_names():
            saved, typed = digest(self._saved(name)), digest(self._typed(name))
            if saved == typed:
                continue
            if seen is not None and seen.get(name, "") == typed:
                meeting.taken.append(self._tell(name, savers))
                self._put(data, name)
            elif seen is not None and seen.get(name, "") == saved:
                meeting.kept.append(self._tell(name))
            else:
                meeting.both.append(self._tell(name, savers))
                beside.append(name)
        if seen:
            self._find_lost(data, seen)
        for name in beside:
            self._show(name, savers)
        data[self.add_prefix(self.counter)] = str(self.stands())
        data[self.add_prefix(STOOD)], data[self.add_prefix(BESIDE)] = self._stamp(), " ".join(beside)
        self.data = data
        return not meeting.is_elsewhere or bool(meeting.kept)

    def _show_again(self) -> None:
        """Something else has to be mended before it can be saved: what stood beside each other still does."""
        names = set(str(self.data.get(self.add_prefix(BESIDE)) or "").split())
        beside = [name for name in self.compared_names() if name in names]
        differ = [name for name in beside if digest(self._saved(name)) != digest(self._typed(name))]
        if differ:
            savers = self.savers(1)
            for name in differ:
                self._show(name, savers)

    def _show(self, name: str, savers: Savers) -> None:
        self[name].theirs = self._theirs(name, savers)  # type: ignore[attr-defined] # read by the template of a field

    def is_beside(self, names: Iterable[str]) -> bool:
        """Whether any of the fields is shown twice, so that what folds them has to be open."""
        return any(hasattr(self[name], "theirs") for name in names if name in self.fields)

    def _find_lost(self, data: Any, seen: dict[str, str]) -> None:
        """Fields that another has taken away meanwhile: what the editor had changed in them is not lost."""
        lost = [name for name in self.lost_names(seen) if data.get(self.add_prefix(name), "").strip()]
        rows: dict[str, list[str]] = {}
        for name in lost:
            rows.setdefault(name.rpartition("-")[0], []).append(name)
        for names in rows.values():
            texts = [data[self.add_prefix(name)] for name in names]
            if all(
                seen[name] in {digest(text), digest(parse_day(text))}
                for name, text in zip(names, texts, strict=True)
            ):
                self.meeting.gone.append(texts[0])  # type: ignore[union-attr] # there is one while it is made
            elif not self.regain(data, names):
                self.meeting.lost.extend(texts)  # type: ignore[union-attr] # as above

    def lost_names(self, seen: Iterable[str]) -> list[str]:
        return [name for name in seen if name not in self.fields]

    def regain(self, data: Any, names: list[str]) -> bool:
        """Gives what was typed in a row that is gone a new row; False when there is none."""
        return False

    def _put(self, data: Any, name: str) -> None:
        """What is saved, as a browser would send it."""
        each, key, saved = self.fields[name], self.add_prefix(name), self._saved(name)
        if isinstance(each, forms.BooleanField):
            data.setlist(key, ["on"] if saved else [])
        elif isinstance(each, forms.MultipleChoiceField):
            data.setlist(key, [str(value) for value in saved or []])
        else:
            value = each.prepare_value(saved)
            data[key] = "" if value is None else str(value)

    # --- In words ----------------------------------------------------------------------------------------
    def _tell(self, name: str, savers: Savers | None = None) -> Told:
        bound = self[name]
        label = self.labels().get(name) or strip_tags(str(bound.label))
        address = bound.id_for_label or f"{bound.auto_id}_0"
        return Told(label, address, self._theirs(name, savers) if savers else None)

    def _theirs(self, name: str, savers: Savers) -> Theirs:
        who, each = savers.who(name), self.fields[name]
        saved, typed = self._saved(name), self._typed(name)
        if isinstance(each, forms.ChoiceField):
            return Theirs(who, lines=chosen_words(each, saved))
        return Theirs(who, compared(in_a_word(saved), in_a_word(typed)))


def digests(sent: Any) -> dict[str, str] | None:
    """What the editor saw, as a form sends it in `stood`."""
    if sent is None:
        return None
    return {name: each for name, _, each in (part.rpartition(":") for part in str(sent).split())}


def digest(value: Any) -> str:
    """The same for the same value, whether it is stored, shown or read; empty for what is empty."""
    plain = canonical(value)
    return sha256(plain.encode("utf-8", "replace")).hexdigest()[:DIGITS] if plain else ""


def canonical(value: Any) -> str:
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, (list, tuple, set)):
        return " ".join(sorted(map(canonical, value)))
    return readable(str(value)).strip() if value not in {None, False} else ""


def in_a_word(value: Any) -> str:
    """A text, a day or a number as people write it; a box as yes or no."""
    match value:
        case None | "":
            return ""
        case bool():
            return "Ja" if value else "Nej"
        case date():
            return in_words(value)
        case Decimal():
            return written(value)
        case _:
            return str(value)


def chosen_words(each: forms.ChoiceField, value: Any) -> list[str]:
    """What is chosen, by the words that the form has for it."""
    wanted = {canonical(one) for one in (value if isinstance(value, (list, tuple)) else [value])} - {""}
    return [words for key, words in flat(each.choices) if key in wanted]


def flat(choices: Any) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for key, words in choices:
        found.extend(flat(words) if isinstance(words, (list, tuple)) else [(str(key), str(words))])
    return found
