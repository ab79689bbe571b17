"""How is a row saved? Whole, once everything about it holds."""

from typing import Any


def checked(instance: Any) -> Any:
    """Saves the instance once everything about it holds; raises ValidationError otherwise."""
    instance.full_clean()
    instance.save()
    return instance


def changed(stored: Any, fields: dict[str, Any]) -> Any:
    """Saves what is stored with the fields as told, the others as they are by now; raises ValidationError."""
    for name, value in fields.items():
        setattr(stored, name, value)
    return checked(stored)
