"""How is a row saved? After all its fields and constraints are validated."""

from typing import Any


def checked(instance: Any) -> Any:
    """Validates and saves the instance. Raises ValidationError."""
    instance.full_clean()
    instance.save()
    return instance


def changed(stored: Any, fields: dict[str, Any]) -> Any:
    """Sets the fields on the stored row, validates and saves it. Raises ValidationError."""
    for name, value in fields.items():
        setattr(stored, name, value)
    return checked(stored)
