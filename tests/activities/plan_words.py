"""What a browser sends of the form for a plan."""

from typing import Any

from django.forms import Form


def sent(form: Form) -> dict[str, Any]:
    """All that stands in the form, as a browser would send it: what is empty or not ticked as a browser leaves it."""
    data = {}
    for field in form:
        value = field.value()
        if field.name == "not_identity_numbers" or value is None or value is False:
            continue
        data[field.name] = "on" if value is True else value
    return data
