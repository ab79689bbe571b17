"""Activities with milestones and contributions, rounds and follow-ups."""

from datetime import date
from uuid import uuid4

import factory

from activities.models import Activity, Contribution, FollowUp, Milestone, Round
from activities.states import Assessment, Attainment, DecisionLevel, Status
from priorities.agreements.actions import next_number
from tests.factories.base import PlannedFactory, Row, RowFactory, at_ten
from tests.factories.parties import PartyFactory, UserFactory
from tests.factories.priorities import AgreementFactory, PriorityAreaFactory


class RoundFactory(RowFactory):
    """The round per 31 August 2024, open since 1 September."""

    class Meta:
        model = Round
        django_get_or_create = ["agreement", "as_of"]

    class Params:
        closed = factory.Trait(closed_on=date(2024, 9, 20))
        planned = factory.Trait(
            label="Helår 2024",
            as_of=date(2024, 12, 31),
            opens_on=date(2025, 1, 1),
            due_on=date(2025, 1, 24),
        )

    agreement = Row(AgreementFactory)
    label = "Delår per 31 augusti 2024"
    as_of = date(2024, 8, 31)
    opens_on = date(2024, 9, 1)
    due_on = date(2024, 9, 13)


class FollowUpFactory(RowFactory):
    """On track on 31 August 2024, by a representative of the responsible party."""

    class Meta:
        model = FollowUp

    class Params:
        not_started = factory.Trait(status=Status.NOT_STARTED, assessment="")
        on_track = factory.Trait(status=Status.ONGOING, assessment=Assessment.ON_TRACK)
        at_risk = factory.Trait(assessment=Assessment.AT_RISK, what_happened="Leveransen dröjer.")
        off_track = factory.Trait(
            assessment=Assessment.OFF_TRACK,
            what_happened="Upphandlingen är överklagad.",
            needed="Ett beslut om hur arbetet ska gå vidare.",
            decision_by=DecisionLevel.STEERING_GROUP,
        )
        done = factory.Trait(
            status=Status.DONE, assessment="", what_happened="Allt är klart.", attainment=Attainment.ACHIEVED
        )
        cancelled = factory.Trait(
            status=Status.CANCELLED, assessment="", what_happened="Parterna gör något annat i stället."
        )
        contributor = factory.Trait(
            voice=FollowUp.Voice.CONTRIBUTOR,
            party=Row(PartyFactory, polisen=True),
            status="",
            assessment="",
            what_happened="Vi har patrullerat stråket två kvällar i veckan.",
        )
        withdrawal = factory.Trait(is_withdrawal=True, status="", assessment="")

    activity = Row("tests.factories.ActivityFactory")
    party = factory.SelfAttribute("activity.lead")
    author = Row(
        UserFactory,
        representative=True,
        party=factory.SelfAttribute("..party"),
        email=factory.LazyAttribute(lambda user: f"{user.party.slug}@example.com"),
    )
    author_title = factory.SelfAttribute("author.title")
    refers_on = date(2024, 8, 31)
    saved_at = factory.LazyAttribute(lambda follow_up: at_ten(follow_up.refers_on))
    status = Status.ONGOING
    assessment = Assessment.ON_TRACK
    submission_key = factory.LazyFunction(uuid4)


def said(**follow_up: object) -> dict[str, object]:
    """The declaration of a trait with one follow-up."""
    return {
        "follow_up": factory.RelatedFactory(FollowUpFactory, factory_related_name="activity", **follow_up)
    }


def _contributors(activity, create, parties, **_):
    for party in parties or ():
        ContributionFactory(activity=activity, party=party)


def _focus_areas(activity, create, focus_areas, **_):
    if focus_areas:
        activity.focus_areas.set(focus_areas)


def _needs(activity, create, needs, **_):
    if needs:
        activity.needs.set(needs)


def _reporters(activity, create, users, **_):
    if users:
        activity.reporters.set(users)


def _milestones(activity, create, titles, **_):
    for title in titles or ():
        MilestoneFactory(activity=activity, title=title)


NOBODY = {"lead_yes_on": None, "coordinator_yes_on": None}


class ActivityFactory(PlannedFactory):
    """An agreed activity led by Huge, for the agreement's two years, with its next number.

    Traits: `draft`, `proposed` (by the lead party), `waits_for_lead` (proposed by the coordinator),
    `returned`, `internal`; by its dates `overdue`, `late_start` (on 30 September 2024); by one
    follow-up as of 31 August 2024 `on_track`, `at_risk`, `off_track`, `done`, `cancelled`.
    """

    class Meta:
        model = Activity
        skip_postgeneration_save = True

    class Params:
        draft = factory.Trait(preparation=Activity.Preparation.DRAFT, **NOBODY)
        proposed = factory.Trait(preparation=Activity.Preparation.PROPOSED, coordinator_yes_on=None)
        waits_for_lead = factory.Trait(preparation=Activity.Preparation.PROPOSED, lead_yes_on=None)
        returned = factory.Trait(
            preparation=Activity.Preparation.RETURNED, return_reason="Det saknas ett mätbart mål.", **NOBODY
        )
        internal = factory.Trait(is_internal=True)
        late_start = factory.Trait(starts_on=date(2024, 9, 1))
        overdue = factory.Trait(ends_on=date(2024, 9, 15), **said(on_track=True))
        on_track = factory.Trait(**said(on_track=True))
        at_risk = factory.Trait(**said(at_risk=True))
        off_track = factory.Trait(**said(off_track=True))
        done = factory.Trait(**said(done=True))
        cancelled = factory.Trait(**said(cancelled=True))

    agreement = Row(AgreementFactory)
    number = factory.LazyAttribute(
        lambda activity: (
            next_number(activity.agreement, "next_activity_number") if activity.agreement.pk else 1
        )
    )
    title = "Belysning längs stråket"
    goal = "Alla lyktor längs stråket lyser."
    priority_area = Row(PriorityAreaFactory, agreement=factory.SelfAttribute("..agreement"))
    lead = Row(PartyFactory, huge=True)
    owner_title = "Områdeschef"
    starts_on = date(2023, 1, 1)
    ends_on = date(2024, 12, 31)
    preparation = Activity.Preparation.AGREED
    lead_yes_on = coordinator_yes_on = date(2023, 1, 1)
    contributors = factory.PostGeneration(_contributors)
    focus_areas = factory.PostGeneration(_focus_areas)
    needs = factory.PostGeneration(_needs)
    reporters = factory.PostGeneration(_reporters)
    milestones = factory.PostGeneration(_milestones)


class ContributionFactory(PlannedFactory):
    class Meta:
        model = Contribution

    activity = Row(ActivityFactory)
    party = Row(PartyFactory, polisen=True)
    what = "Patrullerar stråket."


class MilestoneFactory(PlannedFactory):
    class Meta:
        model = Milestone

    activity = Row(ActivityFactory)
    title = "Behovet är kartlagt"
    due_on = date(2024, 6, 30)
