"""The rows that several of the forms let choose among."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db.models import Model

from priorities.editing.fields import LineField
from priorities.models import Place, Source
from samverkan.lib.db import in_swedish_order

NOT_LISTED = "Välj bland dem som står i listan."


class Ticked(forms.TypedMultipleChoiceField):
    """Rows to tick, fetched once for all the fields that offer them."""

    def __init__(self, rows: Iterable[Model], **kwargs: Any) -> None:
        there = {str(row.pk): row for row in rows}
        super().__init__(
            choices=[(key, str(row)) for key, row in there.items()],
            coerce=_among(there),
            widget=forms.CheckboxSelectMultiple,
            error_messages=dict.fromkeys(("invalid_choice", "invalid_list"), NOT_LISTED),
            **kwargs,
        )


class Chosen(forms.TypedChoiceField):
    """One row of a list, by what it is called there; None when none is chosen."""

    def __init__(
        self,
        rows: Iterable[Model],
        *,
        empty_label: str,
        needed: str = "",
        called: Callable[[Any], str] = str,
        **kwargs: Any,
    ) -> None:
        there = {str(row.pk): row for row in rows}
        super().__init__(
            choices=[("", empty_label), *((key, called(row)) for key, row in there.items())],
            coerce=_among(there),
            empty_value=None,
            error_messages={"invalid_choice": NOT_LISTED, "required": needed},
            **kwargs,
        )


def _among(there: dict[str, Model]) -> Callable[[str], Model]:
    """Finds the row of a key, as a form's field wants it: ValueError for a key that is none."""

    def find(key: str) -> Model:
        if key not in there:
            raise ValueError(key)
        return there[key]

    return find


def sources() -> list[Source]:
    return list(Source.objects.order_by(in_swedish_order("name")))


def places() -> list[Place]:
    return list(Place.objects.order_by(in_swedish_order("name")))


def new_source_fields() -> dict[str, forms.Field]:
    """A source that is not in the list."""
    return {
        "source_name": LineField(label="Ny källa", required=False, help_text="Om den inte finns i listan."),
        "publisher": LineField(label="Utgivare", required=False, help_text="Lämna tomt om den inte är känd."),
        "kind": forms.ChoiceField(
            label="Slag",
            required=False,
            choices=[("", "Välj slag"), *Source.Kind.choices],
            error_messages={"invalid_choice": NOT_LISTED},
        ),
    }


def new_source(form: forms.Form, prefix: str = "") -> dict[str, Any] | None:
    """The fields of the source that was named, None when none was; adds what is wrong to the form's faults."""
    cleaned = form.cleaned_data
    written = {part: cleaned.get(f"{prefix}{part}") or "" for part in ("source_name", "publisher", "kind")}
    name, at_name, at_kind = written["source_name"], f"{prefix}source_name", f"{prefix}kind"
    if not name:
        if written["publisher"] or written["kind"]:
            _blame(form, at_name, "Skriv vad den nya källan heter.")
        return None
    if Source.objects.filter(name__iexact=name).exists():
        _blame(form, at_name, "Källan finns redan. Välj den i listan.")
    if not written["kind"]:
        _blame(form, at_kind, "Välj vilket slags källa det är.")
    return {"name": name, "publisher": written["publisher"], "kind": written["kind"]}


def _blame(form: forms.Form, name: str, sentence: str) -> None:
    if name not in form.errors:
        form.add_error(name, sentence)
