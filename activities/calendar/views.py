"""A person's own calendar: the page with its secret address, and the file that calendar programs read."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_http_methods, require_safe

from activities.calendar import as_ical, own_entries, tag_of
from activities.policies import has_own_work
from parties.calendar_addresses.actions import (
    make_calendar_address,
    renew_calendar_address,
    revoke_calendar_address,
)
from parties.calendar_addresses.keys import address_of, holder_of, key_of
from parties.policies import can_have_calendar
from parties.requests import SignedInRequest
from samverkan.lib import clock
from samverkan.lib.access import require

STEPS = {
    "skapa": (make_calendar_address, "Adressen är skapad. Kopiera den till ditt kalenderprogram."),
    "byt": (renew_calendar_address, "Adressen är utbytt. Den gamla fungerar inte längre."),
    "ta-bort": (revoke_calendar_address, "Adressen är borttagen och fungerar inte längre."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_address(request: SignedInRequest) -> HttpResponse:
    """*Din kalender*: create, copy, renew and revoke the address, with a guide."""
    require(can_have_calendar(request.user))
    act, receipt = STEPS.get(request.POST.get("steg", ""), (None, ""))
    if act:
        act(by=request.user, at=clock.now())
        messages.success(request, receipt)
        return redirect("calendar_address")
    address = address_of(request.user)
    link = settings.SITE_URL.rstrip("/") + reverse("calendar", args=[key_of(address)]) if address else ""
    context = {
        "address": address,
        "link": link,
        "webcal": f"webcal:{link.partition(':')[2]}",
        "has_own_work": has_own_work(request.user),
    }
    return TemplateResponse(request, "activities/calendar/calendar.html", context)


@login_not_required
@require_safe
def calendar(request: HttpRequest, key: str) -> HttpResponse:
    """The file, for anybody with the address. An unknown key gets the same 404 as a page that does not exist."""
    user = holder_of(key)
    if user is None:
        raise Http404
    entries = own_entries(user, today=clock.today())
    tag = tag_of(entries)
    content = as_ical(entries, site=settings.SITE_URL, at=clock.now())
    headers = {"Cache-Control": "private, no-cache", "ETag": tag}
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=tag, response=answer) or answer
