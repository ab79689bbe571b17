"""The type of request that a view behind the sign-in gets."""

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from parties.models import User

if TYPE_CHECKING:

    class SignedInRequest(HttpRequest):
        """A request behind LoginRequiredMiddleware. What a view has found of the rest saves the menu from asking again."""

        user: User
        waiting_count: int
        open_rounds: list[Any]

else:
    SignedInRequest = HttpRequest
