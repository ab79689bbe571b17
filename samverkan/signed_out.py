"""What happens to a text that is sent when nothing can be saved?

The session has ended, the page has grown old, or it or the right to it has gone away while somebody was writing.
A follow-up becomes its author's draft; other texts are shown, to be copied, and kept nowhere.
"""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRefresh

from activities.follow_ups import unsaved
from samverkan.lib import clock

# The free texts that can be sent, by the last part of their names, and what they are called; nothing else of the
# request is shown.
TEXTS = {
    # a follow-up, and what a contributing party writes
    "what_happened": "Vad har hänt?",
    "needed": "Vad behövs för att komma vidare?",
    "what": "Vad gör ni i aktiviteten?",
    # a plan
    "title": "Namn eller rubrik",
    "purpose": "Syfte",
    "goal": "Mätbart mål",
    "measure": "Mått",
    "owner_title": "Ansvarig för genomförandet",
    "reason": "Skäl, eller vad som behöver ändras",
    "titel": "Delmål",
    # a need, a lägesbild and the agreement
    "problem": "Problem",
    "affected": "Vilka som berörs",
    "causes": "Troliga orsaker",
    "outcome": "Beslut",
    "mapping": "Kartläggning",
    "other_information": "Annan information",
    "analysis": "Analys",
    "limitations": "Begränsningar",
    "purposes": "Syften",
    "effect_goal": "Effektmål",
    "predecessors_in_words": "Tidigare avsiktsförklaringar",
    "text": "Text",
}


READ_ANEW = (
    "Sidan behövde läsas in på nytt. Inget är sparat än. Det du skrev finns kvar: kontrollera det och spara."
)


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
    """403 with the way back through the sign-in, and the texts that were sent unless they are kept as a draft."""
    kept = kept_draft(request)
    page = _page_of_the_draft(request) if kept else _page_of_the_form(request)
    context = {
        "kept": kept,
        "texts": [] if kept else texts_of(request),
        "sign_in": f"{reverse('account_login')}?{urlencode({'next': page})}",
    }
    return render(request, "samverkan/signed_out.html", context, status=403)


def grown_old(request: HttpRequest) -> HttpResponse:
    """For a form whose token has been renewed since: back to it with all that was typed, if it is kept; else how to."""
    kept = kept_draft(request)
    if kept and request.user == kept.author:
        messages.error(request, READ_ANEW)
        return HttpResponseRedirect(_page_of_the_draft(request), status=303)
    if kept and not request.user.is_authenticated:
        return signed_out(request)
    return render(request, "403_csrf.html", {"is_kept_for_another": kept is not None}, status=403)


def kept_draft(request: HttpRequest) -> unsaved.Kept | None:
    """The follow-up that was sent, kept as a draft of whom its form was made for; None when it cannot be."""
    try:
        kept = unsaved.keep(request.POST, at=clock.now())
    except (PermissionDenied, ValidationError):
        return None
    return kept if kept.draft else None


def texts_of(request: HttpRequest) -> list[tuple[str, str, str]]:
    """The name, label and words of each text that was sent to a page of ours, as ordered in the form.

    A single word is soon written again, and may as well be the value of a choice.
    """
    if request.method != "POST" or request.resolver_match is None:
        return []
    return [
        (name, TEXTS[kind], str(words))
        for name, words in request.POST.items()
        if (kind := name.rpartition("-")[2]) in TEXTS and len(str(words).split()) > 1
    ]


def _page_of_the_draft(request: HttpRequest) -> str:
    """Where the form was sent to shows it again; on *Mitt arbete* which of them is told."""
    opened = request.POST.get("aktivitet", "")
    return f"{request.path}?{urlencode({'aktivitet': opened})}" if opened else request.path


def _page_of_the_form(request: HttpRequest) -> str:
    """Where it was written, which can be opened again; where it was sent to, when the browser does not say."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}):
        return request.path
    return urlsplit(page)._replace(scheme="", netloc="", fragment="").geturl() or "/"
