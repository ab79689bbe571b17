"""May they? A view asks a policy and says so with `require`; what a user may not know of is a 404 before that."""

from django.core.exceptions import PermissionDenied


def require(allowed: bool) -> None:
    """Raises PermissionDenied (403, a page that says whom to ask) unless allowed."""
    if not allowed:
        raise PermissionDenied
