"""What happens to a text that is sent after the session has ended? It is shown, to be copied, and kept nowhere."""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRefresh

# The free texts that can be sent, and what they are called; nothing else of the request is shown.
TEXTS = {"what_happened": "Vad har hänt?", "needed": "Vad behövs för att komma vidare?"}


class SignInMiddleware(LoginRequiredMiddleware):
    """Nobody gets further without signing in: a page asks for it, and a form that was sent shows what was written."""

    def handle_no_permission(  # type: ignore[override] # the stubs know of the redirect only
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if request.method == "POST":
            return signed_out(request)
        if request.headers.get("HX-Request"):
            return HttpResponseClientRefresh()  # the whole page asks for the sign-in, not a part of it
        return super().handle_no_permission(request, view_func)


def signed_out(request: HttpRequest) -> HttpResponse:
    """403 with the texts that were sent, and the way back through the sign-in."""
    texts = [(name, label, request.POST.get(name, "")) for name, label in TEXTS.items()]
    context = {
        "texts": [text for text in texts if text[-1].strip()],
        "sign_in": f"{reverse('account_login')}?{urlencode({'next': _page_of_the_form(request)})}",
    }
    return render(request, "samverkan/signed_out.html", context, status=403)


def _page_of_the_form(request: HttpRequest) -> str:
    """Where it was written, which can be opened again; where it was sent to, when the browser does not say."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}):
        return request.path
    return urlsplit(page)._replace(scheme="", netloc="", fragment="").geturl() or "/"
