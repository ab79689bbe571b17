"""*Ändringar i planen*: who changed what and when, in words, to those who could see it when it was so."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activities.contributions.actions import write_contribution
from activities.history.changes import LEFT_OUT, changes, in_form_order, label_of
from activities.milestones.actions import MilestoneInput, set_milestones, tick_milestone
from activities.models import Activity
from activities.planning.actions import accept_activity, edit_plan, propose_activity, return_activity
from activities.planning.forms.base import PlanForm
from tests.factories import (
    ActivityFactory,
    FocusAreaFactory,
    MilestoneFactory,
    NeedFactory,
    UnitFactory,
    UserFactory,
)
from tests.support.plans import plan_of
from tests.support.queries import beyond_the_visit
from tests.support.stored import rows

pytestmark = pytest.mark.one_database


def edit(activity, by, at, **told):
    activity.refresh_from_db()
    edit_plan(activity=activity, by=by, at=at, version=activity.version, plan=plan_of(activity, **told))


def told(activity) -> list[list[str]]:
    """The lines of each change, the newest first."""
    return [[str(line) for line in change.lines] for change in changes(activity)]


@rows
def activity(agreement, huge_rep):
    return ActivityFactory(needs=[NeedFactory(problem="Mörkt på stråket.")])


@pytest.fixture
def read(client_for):
    def read(activity, user):
        address = reverse("activity_history", args=["2023-2024", activity.number])
        return " ".join(client_for(user).get(address).content.decode().split())

    return read


def test_each_field_is_told_before_and_after_in_words(activity, samordnare, now):
    edit(activity, samordnare, now, ends_on=date(2024, 6, 30), owner_title="", title="Ljus")

    assert told(activity)[0] == [
        "Namn: Belysning längs stråket → Ljus",
        "Ansvarig för genomförandet: Områdeschef → –",
        "Slut: 31 december 2024 → 30 juni 2024",
    ]


def test_a_measures_unit_and_the_partys_unit_are_two_things(activity, samordnare, huge, now):
    edit(activity, samordnare, now, measure_unit="antal", unit=UnitFactory(party=huge, name="Syd"))

    assert told(activity)[0] == ["Enhet för måttet: antal", "Förvaltning eller enhet: Syd"]


def test_no_two_fields_share_a_name():
    labels = [label_of(field.name) for field in Activity._meta.concrete_fields if field.name not in LEFT_OUT]
    assert len(labels) == len(set(labels))


def test_a_plans_fields_are_named_and_ordered_as_its_form_has_them():
    fields = {
        name: str(field.label)
        for name, field in PlanForm.base_fields.items()
        if name != "not_identity_numbers"
    }

    assert in_form_order(sorted(fields)) == list(fields)
    assert {name: label_of(name) for name in fields} == fields


def test_lists_parts_and_milestones_are_told_too(activity, samordnare, huge_rep, polisen, polis_rep, now):
    place, need = FocusAreaFactory(place__name="Skogås"), NeedFactory(problem="Otryggt.")
    needs = [*activity.needs.all(), need]
    edit(activity, samordnare, now, focus_areas=[place], needs=needs, contributors=[polisen])
    part = activity.contributions.get()
    write_contribution(contribution=part, by=polis_rep, at=now + timedelta(minutes=1), what="Patrullerar.")
    milestone = MilestoneFactory(activity=activity, title="Upphandling")
    tick_milestone(milestone=milestone, by=huge_rep, at=now + timedelta(minutes=2), done=True)
    edit(activity, samordnare, now + timedelta(minutes=3), contributors=[])

    assert told(activity)[:4] == [
        [f"Medverkande part borttagen: {polisen}"],
        ["Delmål ”Upphandling”, klart: 30 september 2024"],
        [
            f"Medverkande part ”{polisen}”, bidrag: Patrullerar.",
            f"{polisen}: bekräftade sin medverkan 30 september 2024",
        ],
        [
            "Geografiska områden: Hela kommunen → Skogås",
            "Behov: Mörkt på stråket. → Mörkt på stråket.; Otryggt.",
            f"Medverkande part tillagd: {polisen}",
        ],
    ]


def test_the_page_tells_who_by_function_and_when_newest_first(activity, samordnare, lasare, read, now):
    edit(activity, samordnare, now, ends_on=date(2024, 6, 30))
    edit(activity, samordnare, now + timedelta(hours=2), ends_on=date(2024, 11, 30))

    page = read(activity, lasare)

    who = samordnare.title or samordnare.display_name
    assert page.index(f"30 september 2024 kl. 12.00, {who}") < page.index("30 september 2024 kl. 10.00")
    assert "<b>Slut:</b>" in page
    assert "30 november 2024" in page


def test_long_texts_stand_one_below_the_other(activity, samordnare, lasare, read, now):
    edit(activity, samordnare, now, goal="Ljus.\nOch mer ljus.")

    page = read(activity, lasare)

    assert "<dt>Mätbart mål, före</dt>" in page
    assert "<dt>Mätbart mål, efter</dt>" in page


def test_a_name_that_is_markup_is_shown_as_it_was_written(activity, samordnare, lasare, read, now):
    edit(activity, samordnare, now, title="<script>x</script>")

    assert "&lt;script&gt;x&lt;/script&gt;" in read(activity, lasare)


@rows
def negotiated(agreement, samordnare, huge_rep, polisen, polis_rep, now):
    """A draft in which things stood that were taken out before both said yes, then changed once more."""
    draft = ActivityFactory(
        draft=True,
        title="Hemligt namn",
        contributors=[polisen],
        needs=[NeedFactory()],
        milestones=["Hemligt steg"],
    )
    part = draft.contributions.get()
    write_contribution(contribution=part, by=polis_rep, at=now, what="Hemlig insats")
    write_contribution(contribution=part, by=polis_rep, at=now + timedelta(seconds=9), what="Öppen insats")
    edit(draft, huge_rep, now + timedelta(minutes=1), title="Öppet namn")
    step = {"activity": draft, "at": now + timedelta(minutes=2)}
    proposed = propose_activity(by=huge_rep, version=draft.version + 1, **step)
    returned = return_activity(by=samordnare, version=proposed.version, reason="Hemlig anledning", **step)
    set_milestones(
        by=huge_rep,
        version=returned.version,
        wanted=[MilestoneInput("Öppet steg", date(2024, 11, 1))],
        **step,
    )
    later = {"activity": draft, "at": now + timedelta(days=1)}
    again = propose_activity(by=huge_rep, version=returned.version + 1, **later)
    accept_activity(by=samordnare, version=again.version, **later)
    edit(draft, samordnare, now + timedelta(days=2), title="Slutligt namn")
    return draft


@pytest.mark.parametrize("who", ["lasare", "handlaggare", "admin", "outsider"])
def test_what_was_taken_out_of_a_draft_is_not_told_to_those_who_never_saw_it(
    who, negotiated, kommunen, request, read
):
    user = (
        UserFactory(representative=True, party=kommunen, email="utanfor@example.com")
        if who == "outsider"
        else request.getfixturevalue(who)
    )

    page = read(negotiated, user)

    assert "hemlig" not in page.lower().replace("/static/", "")
    assert "Aktiviteten är beslutad." in page
    assert "Öppet namn" in page
    assert "Slutligt namn" in page


@pytest.mark.parametrize("who", ["samordnare", "huge_rep", "polis_rep"])
def test_its_own_parties_read_all_of_it(who, negotiated, request, read):
    page = read(negotiated, request.getfixturevalue(who))

    for words in ("Hemligt namn", "Hemligt steg", "Hemlig insats", "Hemlig anledning", "Utkastet är sparat."):
        assert words in page


def test_what_was_written_while_it_was_internal_stays_with_those_who_saw_it(
    activity, samordnare, handlaggare, lasare, read, now
):
    edit(activity, samordnare, now, is_internal=True)
    edit(
        activity,
        samordnare,
        now + timedelta(minutes=1),
        goal="Kameran sitter i trapphuset.",
        is_internal=True,
    )
    edit(activity, samordnare, now + timedelta(minutes=2), goal="Ljus.", is_internal=False)
    edit(activity, samordnare, now + timedelta(minutes=3), goal="Mer ljus.", is_internal=False)

    assert "Kameran sitter" not in read(activity, lasare)
    assert "Mer ljus." in read(activity, lasare)
    assert "Kameran sitter" in read(activity, handlaggare)


def test_another_activity_is_told_by_its_number_alone(activity, samordnare, lasare, read, now):
    secret = ActivityFactory(title="Den hemliga", internal=True)
    edit(activity, samordnare, now, continues=secret)

    page = read(activity, lasare)

    assert f"aktivitet {secret.number}" in page
    assert "Den hemliga" not in page


def test_a_long_history_costs_no_more_than_a_short_one(activity, samordnare, client_for, now):
    address = reverse("activity_history", args=["2023-2024", activity.number])
    client, costs = client_for(samordnare), []
    for n in (1, 30):
        for each in range(n):
            edit(activity, samordnare, now + timedelta(minutes=n + each), title=f"Namn {n} {each}")
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        costs.append(len(beyond_the_visit(captured)))

    assert costs[0] == costs[1] <= 12
    assert Activity.objects.get(pk=activity.pk).version == 32
