"""How is a row saved? After all its fields and constraints are validated."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst


def checked(instance: Any) -> Any:
    """Validates and saves the instance. Raises ValidationError, in which each error of a field has the field's `label`."""
    try:
        instance.full_clean()
    except ValidationError as refused:
        labels = {field.name: capfirst(str(field.verbose_name)) for field in instance._meta.fields}
        for name, faults in refused.error_dict.items():
            for fault in faults:
                fault.label = labels.get(name, "")  # type: ignore[attr-defined] # for a form without the field
        raise
    instance.save()
    return instance


def changed(stored: Any, fields: dict[str, Any]) -> Any:
    """Sets the fields on the stored row, validates and saves it. Raises ValidationError."""
    for name, value in fields.items():
        setattr(stored, name, value)
    return checked(stored)
