"""Fields that choose among rows, and the fields of a new source."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db.models import Model

from priorities.editing.fields import LineField
from priorities.models import Place, Source
from samverkan.lib.db import in_swedish_order
from samverkan.lib.matching import for_matching

NOT_LISTED = "Välj bland dem som står i listan."


class Ticked(forms.TypedMultipleChoiceField):
    """Rows to tick. Several fields can share one fetched list of rows."""

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
    """One row of a list, labelled by `called`; None if nothing is chosen."""

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
    """Returns a function that finds the row of a key. It raises ValueError for an unknown one, as a field expects."""

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
    """The fields of a source that is not in the list."""
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
    """The values of the new source; None if nobody typed a name. Adds what is wrong to the form's errors."""
    cleaned = form.cleaned_data
    typed = {part: cleaned.get(f"{prefix}{part}") or "" for part in ("source_name", "publisher", "kind")}
    name, at_name, at_kind = typed["source_name"], f"{prefix}source_name", f"{prefix}kind"
    if not name:
        if typed["publisher"] or typed["kind"]:
            _blame(form, at_name, "Skriv vad den nya källan heter.")
        return None
    if Source.objects.filter(name_key=for_matching(name)).exists():
        _blame(form, at_name, "Källan finns redan. Välj den i listan.")
    if not typed["kind"]:
        _blame(form, at_kind, "Välj vilket slags källa det är.")
    return {"name": name, "publisher": typed["publisher"], "kind": typed["kind"]}


def _blame(form: forms.Form, name: str, sentence: str) -> None:
    if name not in form.errors:
        form.add_error(name, sentence)
