"""The data that a browser sends for an unchanged form."""

from typing import Any

from django import forms

FILES, BOXES = forms.FileField, forms.BooleanField | forms.MultipleChoiceField


def as_sent(form: forms.Form) -> dict[str, Any]:
    """Every value that the form shows. Leaves out unticked boxes and files, as browsers do."""
    shown = {name: form[name].value() for name, field in form.fields.items() if not isinstance(field, FILES)}
    boxes = {name for name, field in form.fields.items() if isinstance(field, BOXES)}
    return {
        name: "" if value is None else value
        for name, value in shown.items()
        if not (name in boxes and value in (None, False))
    }
