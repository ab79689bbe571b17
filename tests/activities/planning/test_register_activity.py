"""Registering an activity, with its milestones and history."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activities.milestones.actions import tick_milestones
from activities.models import Activity, Milestone, Round
from activities.planning.actions import register_activity
from activities.rounds.actions import add_round
from tests.factories import (
    ActivityFactory,
    AgreementFactory,
    FocusAreaFactory,
    NeedFactory,
    PartyFactory,
    PriorityAreaFactory,
    UnitFactory,
    UserFactory,
)

OUTSIDE = "Aktiviteten måste ligga inom överenskommelsens tid, 1 januari 2023 till 31 december 2024."

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(agreement, huge, samordnare, now):
    """Registers an ordinary activity of Huge with the given values."""

    def registered(**given):
        ordinary = {
            "by": samordnare,
            "at": now,
            "agreement": agreement,
            "title": "Belysning längs stråket",
            "priority_area": PriorityAreaFactory(),
            "lead": huge,
            "starts_on": date(2024, 1, 1),
            "ends_on": date(2024, 12, 31),
        }
        return register_activity(**ordinary | given)

    return registered


def test_all_that_was_given_is_stored(register, kommunen, polisen):
    place, need = FocusAreaFactory(), NeedFactory()
    reporter = UserFactory(representative=True, party=kommunen)
    register(
        lead=kommunen,
        unit=UnitFactory(),
        purpose="Fler ska våga gå hem på kvällen.",
        goal="Alla lyktor lyser.",
        measure="Lyktor som lyser",
        measure_unit="procent",
        baseline=Decimal(60),
        target=Decimal("99.5"),
        focus_areas=[place],
        needs=[need],
        reporters=[reporter],
        contributions=[(polisen, "Patrullerar stråket.")],
        milestones=[{"title": "Kartlagt", "due_on": date(2024, 6, 30)}],
    )
    activity = Activity.objects.get()
    assert (activity.lead, activity.unit.name, activity.preparation) == (
        kommunen,
        "Socialförvaltningen",
        "draft",
    )
    assert (activity.goal, activity.baseline, activity.target) == (
        "Alla lyktor lyser.",
        60,
        Decimal("99.500"),
    )
    assert [*activity.focus_areas.all(), *activity.needs.all(), *activity.reporters.all()] == [
        place,
        need,
        reporter,
    ]
    assert list(activity.contributions.values_list("party", "what")) == [(polisen.pk, "Patrullerar stråket.")]
    assert list(activity.milestones.values_list("title", "due_on", "done_on")) == [
        ("Kartlagt", date(2024, 6, 30), None)
    ]


# --- Numbers -----------------------------------------------------------------------------------------------
def test_numbers_run_within_the_agreement(register, huge):
    following = AgreementFactory(next_period=True, parties=[huge])
    years = {"starts_on": following.starts_on, "ends_on": following.ends_on}
    in_following = {
        "agreement": following,
        "priority_area": PriorityAreaFactory(agreement=following),
        **years,
    }
    numbers = [register().number, register().number, register(**in_following).number, register().number]
    assert numbers == [1, 2, 1, 3]


def test_a_number_is_never_used_again(register):
    register()
    register().delete()
    assert register().number == 3


def test_a_refused_activity_takes_no_number(register):
    with pytest.raises(ValidationError):
        register(title="")
    assert register().number == 1


# --- What is refused ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["polis_rep", "rep_without_party", "handlaggare", "admin", "lasare"])
def test_others_do_not_register(who, register, request):
    with pytest.raises(PermissionDenied):
        register(by=request.getfixturevalue(who))
    assert not Activity.objects.exists()


def test_a_representative_registers_for_the_own_party(register, huge_rep):
    assert register(by=huge_rep).preparation == "draft"


@pytest.mark.parametrize("who", ["huge_rep", "samordnare"])
def test_nobody_registers_what_is_agreed_already(who, register, today, request):
    yes = {"lead_yes_on": today, "coordinator_yes_on": today}
    with pytest.raises(PermissionDenied):
        register(by=request.getfixturevalue(who), preparation="agreed", **yes)
    assert not Activity.objects.exists()


def test_the_same_form_sent_twice_makes_one(register):
    key = uuid4()
    first, second = register(submission_key=key), register(submission_key=key, title="En till")
    assert (first, Activity.objects.count()) == (second, 1)


@pytest.mark.parametrize(
    ("dates", "faults"),
    [
        ({"starts_on": date(2022, 12, 31)}, {"starts_on": [OUTSIDE]}),
        ({"ends_on": date(2025, 1, 1)}, {"ends_on": [OUTSIDE]}),
        (
            {"starts_on": date(2024, 5, 2), "ends_on": date(2024, 5, 1)},
            {"ends_on": ["Slutdatumet är före startdatumet."]},
        ),
        (
            {"starts_on": date(2025, 2, 1), "ends_on": date(2025, 3, 1)},
            {"starts_on": [OUTSIDE], "ends_on": [OUTSIDE]},
        ),
    ],
)
def test_the_dates_lie_within_the_agreement(dates, faults, register):
    with pytest.raises(ValidationError) as refused:
        register(**dates)
    assert refused.value.message_dict == faults
    assert not Activity.objects.exists()


def test_a_set_up_command_registers(register):
    assert register(by=None).number == 1


@pytest.mark.parametrize(
    "part",
    [
        lambda other: {"priority_area": PriorityAreaFactory(agreement=other)},
        lambda other: {"focus_areas": [FocusAreaFactory(), FocusAreaFactory(agreement=other)]},
        lambda other: {"needs": [NeedFactory(), NeedFactory(agreement=other)]},
    ],
    ids=["priority area", "focus area", "need"],
)
def test_what_belongs_to_another_agreement_is_refused(part, register):
    other = AgreementFactory(next_period=True)
    with pytest.raises(ValidationError) as refused:
        register(**part(other))
    assert refused.value.messages == [
        "Område, plats och behov måste höra till samma överenskommelse som aktiviteten."
    ]
    assert not Activity.objects.exists()


def test_whoever_leads_or_contributes_is_a_party_to_the_agreement(register, agreement, polisen):
    stranger = PartyFactory()
    agreement.memberships.filter(party=polisen).update(left_on=date(2024, 9, 29))
    for given, field in [({"lead": stranger}, "lead"), ({"contributions": [(polisen, "")]}, "contributors")]:
        with pytest.raises(ValidationError) as refused:
            register(**given)
        assert refused.value.message_dict == {field: ["Välj bland överenskommelsens parter."]}
    assert not Activity.objects.exists()


def test_the_lead_does_not_also_contribute(register, huge, polisen):
    with pytest.raises(ValidationError) as refused:
        register(contributions=[(polisen, ""), (huge, "")])
    sentence = "Huge är ansvarig part och kan inte också vara medverkande."
    assert refused.value.message_dict == {"contributors": [sentence]}
    assert not Activity.objects.exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": "Gäller 811228-9874"}, "title"),
        ({"goal": "å" * 5001}, "goal"),
        ({"kind": "unknown"}, "kind"),
        ({"ends_on": date(2023, 12, 31)}, "ends_on"),
    ],
)
def test_what_does_not_hold_is_refused(given, field, register):
    with pytest.raises(ValidationError) as refused:
        register(**given)
    assert list(refused.value.message_dict) == [field]
    assert not Activity.objects.exists()


def test_nothing_is_registered_by_halves(register, polisen):
    bad_milestone = {"title": "", "due_on": date(2024, 6, 30)}
    with pytest.raises(ValidationError):
        register(
            contributions=[(polisen, "")],
            milestones=[{"title": "Kartlagt", "due_on": date(2024, 6, 1)}, bad_milestone],
        )
    assert [Activity.objects.count(), Milestone.objects.count(), Activity.history.count()] == [0, 0, 0]


# --- History of the plan -----------------------------------------------------------------------------------
def test_the_history_begins_with_who_registered_it_and_when(register, samordnare, now):
    activity = register()
    (record,) = activity.past.all()
    assert (record.history_user, record.history_date, record.history_type) == (samordnare, now, "+")
    assert (record.title, record.starts_on, record.lead) == (
        activity.title,
        activity.starts_on,
        activity.lead,
    )


def test_the_history_shows_places_and_needs(register):
    place, need = FocusAreaFactory(), NeedFactory()
    record = register(focus_areas=[place], needs=[need]).past.latest()
    assert [row.focusarea for row in record.focus_areas.all()] == [place]
    assert [row.need for row in record.needs.all()] == [need]


def test_contributions_and_milestones_have_a_history_too(register, samordnare, polisen, now):
    activity = register(
        contributions=[(polisen, "Patrullerar.")],
        milestones=[{"title": "Kartlagt", "due_on": date(2024, 6, 30)}],
    )
    records = [activity.contributions.get().past.get(), activity.milestones.get().past.get()]
    assert [(record.history_user, record.history_date) for record in records] == [(samordnare, now)] * 2


# --- Milestones and rounds ---------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["polis_rep", "rep_without_party", "handlaggare", "admin", "lasare"])
def test_only_whoever_follows_up_ticks_milestones(who, polisen, now, request):
    activity = ActivityFactory(milestones=["Kartlagt"], contributors=[polisen])
    user = request.getfixturevalue(who)
    with pytest.raises(PermissionDenied):
        tick_milestones(activity=activity, milestones=list(activity.milestones.all()), by=user, at=now)
    assert activity.milestones.get().done_on is None


ROUND = {
    "label": "Delår per 31 mars 2024",
    "as_of": date(2024, 3, 31),
    "opens_on": date(2024, 4, 1),
    "due_on": date(2024, 4, 12),
}


def test_the_coordinator_adds_a_round(agreement, samordnare):
    add_round(by=samordnare, agreement=agreement, **ROUND)
    assert Round.objects.values_list("label", "as_of", "opens_on", "closed_on").get() == (
        "Delår per 31 mars 2024",
        date(2024, 3, 31),
        date(2024, 4, 1),
        None,
    )


@pytest.mark.parametrize("who", ["huge_rep", "handlaggare", "admin", "lasare"])
def test_others_add_no_round(who, agreement, request):
    with pytest.raises(PermissionDenied):
        add_round(by=request.getfixturevalue(who), agreement=agreement, **ROUND)
    assert not Round.objects.exists()


def test_a_second_round_as_of_the_same_day_is_refused(agreement, samordnare):
    add_round(by=samordnare, agreement=agreement, **ROUND)
    with pytest.raises(ValidationError):
        add_round(by=samordnare, agreement=agreement, **ROUND | {"label": "En till"})
    assert Round.objects.get().label == "Delår per 31 mars 2024"
