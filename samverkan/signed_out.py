"""Answers a form that was sent when it cannot be saved.

While somebody was writing, the session ended, the CSRF token was renewed, or the page or the right to it went away.
A follow-up becomes its author's unsaved answer. Other texts, and what was chosen, are shown so that the author can
copy them; they are stored nowhere.
"""

from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRefresh

from activities.follow_ups import unsaved
from activities.models import Activity
from activities.states import Attainment, DecisionLevel, State
from parties.roles import Role
from priorities.models import Need, Source
from samverkan.lib import clock

# The labels of the texts to show, by the last part of the field's name. Of the request only these and CHOICES are shown.
# Of these only what has more than one word: a single one may be the value of a choice.
TEXTS = {
    # a follow-up, and what a contributing party writes
    "what_happened": "Vad har hänt?",
    "needed": "Vad behövs för att komma vidare?",
    "what": "Vad gör ni i aktiviteten?",
    # a plan
    "purpose": "Syfte",
    "goal": "Mätbart mål",
    "reason": "Skäl, eller vad som behöver ändras",
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
    "decline_reason": "Varför kan ni inte medverka?",
    "answer": "Vad är svaret?",
}
# Short boxes, in which something is always typed: shown with a single word too.
BOXES = {
    # a round
    "label": "Namn",
    "as_of": "Läget per",
    "opens_on": "Öppnar",
    "due_on": "Sista dag",
    # a plan and its milestones
    "title": "Namn eller rubrik",
    "owner_title": "Ansvarig för genomförandet",
    "measure": "Mått",
    "measure_unit": "Enhet för måttet",
    "baseline": "Utgångsvärde",
    "target": "Målvärde",
    "starts_on": "Start",
    "ends_on": "Slut",
    "titel": "Delmål",
    "dag": "Klart senast",
    # an agreement, its declaration and a lägesbild
    "new_name": "Ny plats",
    "period": "Period",
    "source_name": "Ny källa",
    "valid_from": "Gäller från",
    "valid_to": "Gäller till",
    "case_number": "Diarienummer",
    "matter_title": "Ärendets rubrik",
    "committee": "Instans",
    "memo_on": "Tjänsteutlåtande daterat",
    "decided_on": "Beslutsdatum",
    "section": "Paragraf",
    "declaration_title": "Avsiktsförklaringens rubrik",
    "new_district": "Kommundel",
    "adopted_on": "Fastställd",
    "year": "År",
    "signed_on": "Undertecknad",
    "joined_on": "Med från",
    "left_on": "Med till",
    "number": "Bilaga nr",
    # accounts, deputies and the lists of the administration
    "email": "E-postadress",
    "display_name": "Namn",
    "from_on": "Från och med",
    "to_on": "Till och med",
    "name": "Namn",
    "short_name": "Kort namn",
    "slug": "Adressdel",
    "other_names": "Andra namn",
    "district": "Kommundel",
    "external_code": "Kod i annat register",
    "publisher": "Utgivare",
}


# The choices whose words stand in the code, each with the label of its field. What the database names is shown to nobody
# before they have signed in, and the page says that it has to be chosen again.
CHOICES: dict[str, tuple[str, dict[str, str]]] = {
    "state": ("Hur går det?", dict(State.choices)),
    "decision_by": ("Vem behöver besluta?", dict(DecisionLevel.choices)),
    "attainment": ("Nåddes målet?", dict(Attainment.choices)),
    "kind": ("Slag", dict(Activity.Kind.choices + Source.Kind.choices)),
    "effect_horizon": ("Effekt på sikt", dict(Activity.Horizon.choices)),
    "is_recurring": ("Återkommande", {"on": "Ja"}),
    "is_internal": ("Intern", {"on": "Ja"}),
    "outcome": ("När behovet förs vidare", dict(Need.Outcome.choices)),
    "role": ("Roll", dict(Role.choices)),
}


READ_ANEW = (
    "Sidan behövde läsas in på nytt. Inget är sparat än. Det du skrev finns kvar: kontrollera det och spara."
)


class SignInMiddleware(LoginRequiredMiddleware):
    """Asks everyone who is not signed in to sign in. A form that was sent gets a page with its texts."""

    def handle_no_permission(  # type: ignore[override] # the stubs know of the redirect only
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if request.method == "POST":
            return signed_out(request)
        if request.headers.get("HX-Request"):
            return (
                HttpResponseClientRefresh()
            )  # the whole page shows the sign-in, not the part that htmx loads
        return super().handle_no_permission(request, view_func)


def signed_out(request: HttpRequest) -> HttpResponse:
    """403 with a link through the sign-in back to the form, and the sent texts unless they are kept as unsaved."""
    kept = keep_unsaved_answer(request)
    page = _address_with_unsaved(request) if kept else _page_of_the_form(request)
    context = {
        "kept": kept,
        "texts": [] if kept else sent_texts(request),
        "sign_in": f"{reverse('account_login')}?{urlencode({'next': page})}",
    }
    return render(request, "samverkan/signed_out.html", context, status=403)


def token_renewed(request: HttpRequest) -> HttpResponse:
    """Answers a form with an old CSRF token.

    Redirects to the form if what was typed is kept for this user; otherwise a page says how to keep it.
    """
    kept = keep_unsaved_answer(request)
    if kept and request.user == kept.author:
        messages.error(request, READ_ANEW)
        return HttpResponseRedirect(_address_with_unsaved(request), status=303)
    if kept and not request.user.is_authenticated:
        return signed_out(request)
    return render(request, "403_csrf.html", {"is_kept_for_another": kept is not None}, status=403)


def keep_unsaved_answer(request: HttpRequest) -> unsaved.Kept | None:
    """Keeps the sent follow-up as an unsaved answer of the user whom its form was made for; None if it cannot."""
    try:
        kept = unsaved.keep(request.POST, at=clock.now())
    except (PermissionDenied, ValidationError):
        return None
    return kept if kept.answer else None


def sent_texts(request: HttpRequest) -> list[tuple[str, str, str]]:
    """The name, label and content of each text and known choice sent to a page of ours, in the form's order.

    Empty for a form that cannot be read, such as one with more fields than the settings allow.
    """
    if request.method != "POST" or request.resolver_match is None:
        return []
    try:
        fields = request.POST.items()
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return []
    shown = ((name, _in_words(name.rpartition("-")[2], str(text))) for name, text in fields)
    return [(name, *words) for name, words in shown if words]


def _in_words(kind: str, text: str) -> tuple[str, str] | None:
    """The label and words of a field; None for what is not shown, such as single words that may be the value of a choice."""
    label, choices = CHOICES.get(kind, ("", {}))
    if text in choices:
        return label, choices[text]
    if (kind in TEXTS and len(text.split()) > 1) or (kind in BOXES and text.strip()):
        return TEXTS.get(kind) or BOXES[kind], text
    return None


def _address_with_unsaved(request: HttpRequest) -> str:
    """The address of the request, which shows the form again; on *Mitt arbete* also which activity to open."""
    opened = request.POST.get("aktivitet", "")
    return f"{request.path}?{urlencode({'aktivitet': opened})}" if opened else request.path


def _page_of_the_form(request: HttpRequest) -> str:
    """The page with the form, from the Referer header; without one, the address that the form was sent to."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, allowed_hosts={request.get_host()}):
        return request.path
    return urlsplit(page)._replace(scheme="", netloc="", fragment="").geturl() or "/"
