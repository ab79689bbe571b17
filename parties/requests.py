"""The type of request that a view behind the sign-in gets."""

from typing import TYPE_CHECKING

from django.http import HttpRequest

from parties.models import User

if TYPE_CHECKING:

    class SignedInRequest(HttpRequest):
        """A request behind LoginRequiredMiddleware. `waiting_count` saves the menu from counting twice."""

        user: User
        waiting_count: int

else:
    SignedInRequest = HttpRequest
