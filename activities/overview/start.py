"""*Kom igång*: the steps that a new agreement still lacks, found from the data.

A lägesbild more than two years older than the agreement has to be renewed: lag (2023:196) 6 §.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse

from activities import policies
from activities.models import Round
from parties.models import User
from parties.policies import can_keep_accounts
from parties.roles import Role
from priorities.models import Agreement, FocusArea, Need, PriorityArea, SituationalPicture
from priorities.policies import can_keep_agreements
from samverkan.lib.numbers import counted, written

# Lag (2023:196) 6 §: the lägesbild has to be renewed at least every second year.
PICTURE_YEARS = 2


@dataclass(frozen=True)
class FirstStep:
    """One step. `url` is where the user can take it; empty when they may not."""

    label: str
    is_done: bool
    url: str
    detail: str = ""


@dataclass(frozen=True)
class FirstSteps:
    """The steps to the first agreed activity."""

    steps: tuple[FirstStep, ...]

    @property
    def done_count(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def in_words(self) -> str:
        return f"{written(self.done_count)} av {written(len(self.steps))} steg är klara."


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


def first_steps(agreement: Agreement, user: User, *, activity_count: int) -> FirstSteps:
    """`activity_count`: how many activities the user sees, none of them agreed. Two queries."""
    return FirstSteps(tuple(_steps(agreement, user, _facts(agreement), activity_count)))


def _facts(agreement: Agreement) -> Facts:
    people = User.objects.filter(party=OuterRef("party"), is_active=True, role__in=Role.speakers())
    members = agreement.memberships.filter(left_on=None)
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
    found = Agreement.objects.filter(pk=agreement.pk).values_list(*there_is.values()).get()
    return Facts(len(represented), sum(represented), *found)


def _steps(agreement: Agreement, user: User, facts: Facts, activity_count: int) -> Iterator[FirstStep]:
    keeps = can_keep_agreements(user) and not agreement.is_archived
    edit = reverse("edit_agreement", args=[agreement.slug]) if keeps else ""

    people = reverse("party_list", args=[agreement.slug]) if keeps or can_keep_accounts(user) else ""
    picture = reverse("picture_list" if facts.has_pictures else "new_picture") if keeps else ""
    need = reverse("new_need", args=[agreement.slug]) if keeps else ""
    adopt = reverse("adopt_agreement", args=[agreement.slug]) if keeps and agreement.is_draft else ""
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

    yield FirstStep("Lägg till parterna", facts.members > 1, edit, members)
    yield FirstStep("Ge varje part en representant med konto", all_represented, people, represented)
    yield FirstStep(
        "Ange prioriterade områden och geografiska områden", facts.has_areas and facts.has_places, edit
    )
    yield FirstStep("Ta fram och fastställ lägesbilden", is_recent, picture, latest)
    yield FirstStep("Beskriv behoven", facts.has_needs, need)
    yield FirstStep("Fastställ överenskommelsen", not agreement.is_draft, adopt)
    yield FirstStep("Planera den första aktiviteten", activity_count > 0, activity, waiting)
    yield FirstStep("Planera uppföljningsomgångarna", facts.has_rounds, rounds)
