"""The coordinator's reading desk: a round's follow-ups under the headings of their states, the worst first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.db.models import OuterRef, Prefetch, Subquery

from activities.models import Activity, FollowUp, Question, Round
from activities.querysets import FollowUpQuerySet
from activities.rounds.progress import PartyProgress
from activities.states import Flag, State
from parties.models import Party, User
from samverkan.lib.numbers import counted

FOLLOW_UPS_PER_PAGE = 25
KEYS = ("pk", "activity__number", "activity__lead", "state_code", "is_read")
BEFORE_MISSING = {
    State.OFF_TRACK.value,
    State.AT_RISK.value,
}  # what is read before the activities without a follow-up


@dataclass(frozen=True)
class DeskGroup:
    """The follow-ups of one state, or `missing`: the activities without one. `key` names the colour, `icon` the drawing."""

    key: str
    icon: str
    label: str
    follow_ups: tuple[FollowUp, ...] = ()
    missing: tuple[Activity, ...] = ()


@dataclass(frozen=True)
class Desk:
    """A page of the round's follow-ups, the newest of each activity; of one party when the address names it.

    The page is the one in `sida`, or without it the one that shows the activity in `aktivitet`.
    `read` and `total` count all of the round's, on every page and of every party.
    """

    page: Page
    party: Party | None
    groups: tuple[DeskGroup, ...]
    read: int
    total: int

    @classmethod
    def of(
        cls, user: User, round: Round, parties: tuple[PartyProgress, ...], asked: Mapping[str, str]
    ) -> "Desk":
        """Four queries, whatever the number of follow-ups."""
        slug = asked.get("part", "")
        chosen = next((each for each in parties if each.party.slug == slug), None)
        rows = _newest(round).with_read_by(user).worst_first("activity__lead__short_name", "activity__number")
        every = list(rows.values_list(*KEYS))
        kept = [row for row in every if chosen is None or row[2] == chosen.party.pk]
        sought = next((at for at, row in enumerate(kept) if str(row[1]) == asked.get("aktivitet")), 0)
        shown = asked.get("sida") or sought // FOLLOW_UPS_PER_PAGE + 1
        page = Paginator(kept, FOLLOW_UPS_PER_PAGE).get_page(shown)
        missing = [each for party in ([chosen] if chosen else parties) for each in party.missing]
        worse = sum(code in BEFORE_MISSING for *_, code, _ in kept)
        turn = min(worse // FOLLOW_UPS_PER_PAGE + 1, page.paginator.num_pages)
        here = tuple(missing) if page.number == turn else ()
        found = _shown(_newest(round).with_read_by(user), [pk for pk, *_ in page.object_list])
        read = sum(is_read for *_, is_read in every)
        return cls(page, chosen.party if chosen else None, tuple(_groups(found, here)), read, len(every))

    @property
    def unread_in_words(self) -> str:
        """`3 uppföljningar är olästa.`; empty without follow-ups."""
        unread = self.total - self.read
        if not self.total:
            return ""
        if not unread:
            return "Du har läst alla uppföljningar."
        return f"{counted(unread, 'uppföljning är oläst', 'uppföljningar är olästa')}."


def _newest(round: Round) -> FollowUpQuerySet:
    """The newest follow-up of each activity in the round."""
    follow_ups = FollowUp.objects.states().filter(round=round)
    newest = follow_ups.filter(activity=OuterRef("activity")).newest_first()
    return follow_ups.filter(pk=Subquery(newest.values("pk")[:1]))


def _shown(rows: FollowUpQuerySet, keys: list[int]) -> list[FollowUp]:
    """Those with the keys, in their order, with what the page shows."""
    shown = rows.filter(pk__in=keys).select_related(
        "activity__lead",
        "activity__agreement",
        "author",
        "party",
        "round",
        "replaces__author",
        "replaces__party",
    )
    asked = Prefetch("replaces__questions", Question.objects.select_related("asked_by"))
    found = {each.pk: each for each in shown.prefetch_related(asked).with_questions()}
    return [found[key] for key in keys if key in found]


def _groups(follow_ups: Iterable[FollowUp], missing: tuple[Activity, ...]) -> Iterable[DeskGroup]:
    waiting = DeskGroup(
        Flag.NOT_UPDATED.value, Flag.NOT_UPDATED.traits.icon, Flag.NOT_UPDATED.label, missing=missing
    )
    is_placed = not missing
    for state, those in groupby(follow_ups, key=lambda each: each.state):
        if state is None:
            continue
        if not is_placed and state.value not in BEFORE_MISSING:
            yield waiting
            is_placed = True
        yield DeskGroup(state.value, state.traits.icon, state.label, tuple(those))
    if not is_placed:
        yield waiting
