"""May they? A view asks a policy and says so with `require`; what a user may not know of is a 404 before that."""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

if TYPE_CHECKING:
    from parties.models import User

    class SignedInRequest(HttpRequest):
        """A request behind LoginRequiredMiddleware."""

        user: User
        waiting_count: int
        htmx: Any
else:
    SignedInRequest = HttpRequest


def require(allowed: bool) -> None:
    """Raises PermissionDenied (403, a page that says whom to ask) unless allowed."""
    if not allowed:
        raise PermissionDenied
