"""The page *Ställföreträdare*."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_http_methods

from parties.deputies import actions
from parties.deputies.forms import DeputyForm, periods_as_deputy, upcoming_periods
from parties.models import Deputy, User
from parties.policies import can_name_deputy
from parties.requests import SignedInRequest
from samverkan.lib import clock
from samverkan.lib.access import require
from samverkan.lib.dates import in_words


@require_http_methods(["GET", "HEAD", "POST"])
def deputies(request: SignedInRequest) -> HttpResponse:
    """The user's own deputies."""
    return deputies_page(request, request.user)


@require_http_methods(["GET", "HEAD", "POST"])
def deputies_of(request: SignedInRequest, pk: int) -> HttpResponse:
    """A representative's deputies, for the coordinator."""
    return deputies_page(request, get_object_or_404(User.objects.visible_to(request.user), pk=pk))


def deputies_page(request: SignedInRequest, person: User) -> HttpResponse:
    """Lists the periods, each with a button that removes it, and a form for a new one."""
    require(can_name_deputy(request.user, person))
    today = clock.today()
    rows = upcoming_periods(person, today=today)
    if "remove" in request.POST:
        remove_periods(request, [row for row in rows if str(row.pk) == request.POST["remove"]])
        return redirect(request.path)
    form = DeputyForm(request.POST if request.method == "POST" else None, person=person, today=today)
    if request.method == "POST" and (named := form.save(by=request.user, today=today)):
        messages.success(request, f"{named.deputy.display_name} är ställföreträdare {period_of(named)}.")
        return redirect(request.path)
    context = {
        "person": person,
        "is_own": person == request.user,
        "rows": rows,
        "stands_in": periods_as_deputy(person, today=today),
        "form": form,
        "has_candidates": form.fields["deputy"].queryset.exists(),  # type: ignore[attr-defined] # a ModelChoiceField
        "today": today,
    }
    return TemplateResponse(request, "parties/deputies/deputies.html", context)


def remove_periods(request: SignedInRequest, rows: list[Deputy]) -> None:
    """Removes the row. `rows` is empty when somebody else has removed it."""
    for row in rows:
        actions.remove_deputy(by=request.user, deputy=row)
    messages.success(request, "Perioden är borttagen.")


def period_of(row: Deputy) -> str:
    return f"{in_words(row.from_on)} till {in_words(row.to_on)}"
