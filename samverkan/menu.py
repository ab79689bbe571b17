"""Each role's menu, and the page where the role begins.

The first entry of a menu is what the role needs to do now, and also where it begins. Readers begin at Översikt until
there are adopted reports to read.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from activities.my_work.page import count_waiting
from parties.models import User
from parties.roles import Role
from priorities.models import Agreement
from samverkan.lib import clock


@dataclass(frozen=True)
class Entry:
    """A page in the menu. `route` is its URL name. The entry is current on every page whose address begins with its own."""

    label: str
    route: str
    of_agreement: bool = True


@dataclass(frozen=True)
class MenuItem:
    label: str
    url: str
    current: bool
    count: int | None = None
    count_label: str = ""


OVERVIEW = Entry("Översikt", "overview")
OWN_WORK = Entry("Mitt arbete", "my_work", of_agreement=False)
ACTIVITIES = Entry("Aktiviteter", "activity_list")
ROUNDS = Entry("Omgångar", "round_list")
PICTURES = Entry("Lägesbild", "picture_list", of_agreement=False)
NEEDS = Entry("Behov", "need_list")
REPORTS = Entry("Rapporter", "report")
PARTIES = Entry("Parter", "party_list")
ADMINISTRATION = Entry("Administration", "admin:index", of_agreement=False)

MENUS: dict[Role, tuple[Entry, ...]] = {
    Role.COORDINATOR: (OVERVIEW, ACTIVITIES, ROUNDS, OWN_WORK, PICTURES, NEEDS, REPORTS, PARTIES),
    Role.REPRESENTATIVE: (OWN_WORK, ACTIVITIES, PICTURES, NEEDS, PARTIES),
    Role.OFFICIAL: (REPORTS, OVERVIEW, ACTIVITIES, PICTURES, NEEDS, PARTIES),
    Role.ADMINISTRATOR: (ADMINISTRATION, OVERVIEW, ACTIVITIES, PICTURES, NEEDS, PARTIES),
    Role.READER: (OVERVIEW, ACTIVITIES, PICTURES, NEEDS, REPORTS, PARTIES),
}


def menu_of(
    request: HttpRequest, user: User, agreement: Agreement | None, agreements: list[Agreement]
) -> list[MenuItem]:
    """The user's entries. Without an agreement, only the administration."""
    entries = [entry for entry in MENUS[user.get_role()] if agreement or entry is ADMINISTRATION]
    return [_item(request, user, entry, agreement, agreements) for entry in entries]


def start_of(user: User, agreement: Agreement | None) -> str | None:
    """The address where the role begins; None if there is nothing to show yet."""
    first = MENUS[user.get_role()][0]
    return _address(first, agreement) if agreement or first is ADMINISTRATION else None


def _address(entry: Entry, agreement: Agreement | None) -> str:
    return reverse(entry.route, args=[agreement.slug] if entry.of_agreement and agreement else [])


def _item(
    request: HttpRequest, user: User, entry: Entry, agreement: Agreement | None, agreements: list[Agreement]
) -> MenuItem:
    label = "Alla aktiviteter" if entry is ACTIVITIES and user.is_representative else entry.label
    url = _address(entry, agreement)
    is_current = request.path.startswith(url)
    if entry is not OWN_WORK:
        return MenuItem(label, url, is_current)
    return MenuItem(label, url, is_current, _waiting(request, user, agreements), "väntar")


def _waiting(request: HttpRequest, user: User, agreements: list[Agreement]) -> int | None:
    """How many activities wait for the user; None for a part of a page that htmx asks for, which has no menu."""
    if (htmx := getattr(request, "htmx", None)) and not htmx.history_restore_request:
        return None
    counted: int | None = getattr(request, "waiting_count", None)
    if counted is not None:
        return counted
    return count_waiting(user, agreements, getattr(request, "open_rounds", None), today=clock.today())
