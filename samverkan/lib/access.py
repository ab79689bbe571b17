"""May the user? A view passes a policy's answer to `require`, which raises 403.

What the user may not know of must already be a 404.
"""

from django.core.exceptions import PermissionDenied


def require(allowed: bool) -> None:
    """Raises PermissionDenied (403, a page that says whom to ask) unless allowed."""
    if not allowed:
        raise PermissionDenied
