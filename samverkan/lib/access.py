"""May the user do it? A view passes a policy's answer to `require`, which raises 403.

Hidden objects must already be 404.
"""

from django.core.exceptions import PermissionDenied


def require(allowed: bool) -> None:
    """Raises PermissionDenied (403, a page that says whom to ask) unless allowed."""
    if not allowed:
        raise PermissionDenied
