"""From where what is recorded was done: the request's client and id, as django-allauth's context holds them."""

from allauth.account.adapter import get_adapter
from allauth.core import context


def client_address() -> str:
    """The address of the request's client, the same that rate limits count; empty outside a request."""
    return get_adapter().get_client_ip(context.request) if context.request else ""


def request_id() -> str:
    """The request's id, which the technical log has too; empty outside a request."""
    return getattr(context.request, "id", "")
