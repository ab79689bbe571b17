"""*Kom igång*: the steps that a new agreement still lacks, found from the data. It stays until each is done or put aside.

A lägesbild more than two years older than the agreement has to be renewed: lag (2023:196) 6 §.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from activities import policies
from activities.models import Round
from parties.models import User
from parties.policies import can_keep_accounts
from parties.roles import Role
from priorities.models import (
    Agreement,
    FirstStepKind,
    FocusArea,
    Need,
    PriorityArea,
    SituationalPicture,
    StepAside,
)
from priorities.policies import can_keep_agreements
from priorities.querysets import still_in
from samverkan.lib.numbers import counted, written

# Lag (2023:196) 6 §: the lägesbild has to be renewed at least every second year.
PICTURE_YEARS = 2


@dataclass(frozen=True)
class FirstStep:
    """One step. `url` is where the user can take it; empty when they may not."""

    kind: FirstStepKind
    is_done: bool
    url: str
    detail: str = ""
    is_aside: bool = False

    @property
    def label(self) -> str:
        return self.kind.label

    @property
    def is_left(self) -> bool:
        return not (self.is_done or self.is_aside)


@dataclass(frozen=True)
class FirstSteps:
    """The steps of a new agreement. `may_put_aside`: the user may put those that are left aside, and take them back."""

    steps: tuple[FirstStep, ...]
    may_put_aside: bool = False

    @property
    def done_count(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def is_left(self) -> bool:
        return any(step.is_left for step in self.steps)

    @property
    def in_words(self) -> str:
        aside = sum(step.is_aside for step in self.steps)
        put = f" {written(aside)} är {'undanlagda' if aside > 1 else 'undanlagt'}." if aside else ""
        return f"{written(self.done_count)} av {written(len(self.steps))} steg är klara.{put}"


@dataclass(frozen=True)
class Facts:
    """What the agreement has so far. `represented`: members with an account that speaks for them."""

    members: int
    represented: int
    has_areas: bool
    has_places: bool
    has_needs: bool
    has_pictures: bool
    has_rounds: bool
    adopted_year: int | None
    aside: frozenset[str] = frozenset()


def first_steps(agreement: Agreement, user: User, *, activity_count: int, today: date) -> FirstSteps:
    """`activity_count`: how many activities the user sees. Two queries."""
    facts = _facts(agreement, today)
    steps = tuple(
        replace(step, is_aside=step.kind in facts.aside and not step.is_done)
        for step in _steps(agreement, user, facts, activity_count)
    )
    return FirstSteps(steps, can_keep_agreements(user) and not agreement.is_archived)


def steps_left(agreement: Agreement, user: User, *, activity_count: int, today: date) -> FirstSteps | None:
    """The steps for whoever keeps the agreement, beside its activities; None once each is done or put aside."""
    if agreement.is_archived or not can_keep_agreements(user):
        return None
    steps = first_steps(agreement, user, activity_count=activity_count, today=today)
    return steps if steps.is_left else None


def _facts(agreement: Agreement, today: date) -> Facts:
    people = User.objects.filter(party=OuterRef("party"), is_active=True, role__in=Role.speakers())
    members = agreement.memberships.filter(still_in(today))
    represented = list(members.values_list(Exists(people), flat=True).order_by())
    adopted = SituationalPicture.objects.filter(status=SituationalPicture.Status.ADOPTED).order_by("-year")
    there_is = {  # in the order of the fields
        "has_areas": Exists(PriorityArea.objects.filter(agreement=OuterRef("pk"))),
        "has_places": Exists(FocusArea.objects.filter(agreement=OuterRef("pk"))),
        "has_needs": Exists(Need.objects.filter(agreement=OuterRef("pk"))),
        "has_pictures": Exists(SituationalPicture.objects.all()),
        "has_rounds": Exists(Round.objects.filter(agreement=OuterRef("pk"))),
        "adopted_year": Subquery(adopted.values("year")[:1]),
    }
    put = StepAside.objects.filter(agreement=OuterRef("pk"))
    asides = [Exists(put.filter(step=step)) for step in FirstStepKind.values]
    row = Agreement.objects.filter(pk=agreement.pk).values_list(*there_is.values(), *asides).get()
    found, is_aside = row[: len(there_is)], row[len(there_is) :]
    aside = frozenset(step for step, is_it in zip(FirstStepKind.values, is_aside, strict=True) if is_it)
    return replace(Facts(len(represented), sum(represented), *found), aside=aside)


def _steps(agreement: Agreement, user: User, facts: Facts, activity_count: int) -> Iterator[FirstStep]:
    keeps = can_keep_agreements(user) and not agreement.is_archived
    writes = keeps and agreement.is_draft

    def part(name: str) -> str:
        """Where that part of a draft is written: what is adopted is not changed."""
        return reverse("edit_agreement_part", args=[agreement.slug, name]) if writes else ""

    people = reverse("party_list", args=[agreement.slug]) if keeps or can_keep_accounts(user) else ""
    picture = reverse("picture_list" if facts.has_pictures else "new_picture") if keeps else ""
    need = reverse("new_need", args=[agreement.slug]) if keeps else ""
    adopt = reverse("adopt_agreement", args=[agreement.slug]) if writes else ""
    plans = policies.can_plan_in(user, agreement)
    activity = reverse("new_activity", args=[agreement.slug]) if plans else ""
    rounds = reverse("round_list", args=[agreement.slug]) if policies.can_keep_rounds(user, agreement) else ""

    members = counted(facts.members, "part", "parter") if facts.members else ""
    represented = f"{written(facts.represented)} av {members}" if members else ""
    waiting = f"{counted(activity_count, 'aktivitet', 'aktiviteter')} att besluta" if activity_count else ""
    year = facts.adopted_year or 0
    is_recent = year >= agreement.starts_on.year - PICTURE_YEARS
    latest = f"Den senaste är från {year}" if year else ""
    all_represented = facts.represented == facts.members > 0

    step = FirstStepKind
    yield FirstStep(step.PARTIES, facts.members > 1, part("parter"), members)
    yield FirstStep(step.PEOPLE, all_represented, people, represented)
    # An agreement may be adopted without places: it is then for the whole municipality.
    has_places = facts.has_places or not agreement.is_draft
    left = part("platser" if facts.has_areas else "omraden")
    yield FirstStep(step.AREAS, facts.has_areas and has_places, left)
    yield FirstStep(step.PICTURE, is_recent, picture, latest)
    yield FirstStep(step.NEEDS, facts.has_needs, need)
    yield FirstStep(step.ADOPTION, not agreement.is_draft, adopt)
    yield FirstStep(step.ACTIVITY, activity_count > 0, activity, waiting)
    yield FirstStep(step.ROUNDS, facts.has_rounds, rounds)
