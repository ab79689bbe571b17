"""The demo: illustrative, loaded by the product's own actions with the days in its file."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
import yaml
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import Count

from activities.models import Activity, FollowUp, Milestone, Round
from activities.periods import Rounds
from activities.states import State
from parties.models import Party, User
from parties.roles import Role
from priorities.models import Agreement, Need, PriorityArea, SituationalPicture
from samverkan import demo
from samverkan.lib import clock
from tests.support.promises import models_of
from tests.support.stored import kept_for_the_module

pytestmark = pytest.mark.django_db

FILE = yaml.safe_load((settings.BASE_DIR / "fixtures" / "demo.yaml").read_text(encoding="utf-8"))
AUGUST, TODAY = date(2024, 8, 31), date(2024, 9, 30)


@pytest.fixture(autouse=True, scope="module")
def loaded(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        assert demo.load() is True
        yield


def in_file(*fields):
    """These fields of every activity in the file, in its order."""
    return [tuple(row[field] for field in fields) for row in FILE["activities"]]


# --- The figures -------------------------------------------------------------------------------------------
def test_29_activities_are_agreed_and_68_follow_ups_say_how_they_go():
    assert Activity.objects.reportable().count() == Activity.objects.count() == 29
    assert FollowUp.objects.states().count() == FollowUp.objects.count() == 68


def test_the_states_on_31_august_2024():
    assert Counter(Activity.objects.as_of(AUGUST).values_list("state", flat=True)) == {
        State.ON_TRACK: 10,
        State.AT_RISK: 3,
        State.OFF_TRACK: 4,
        State.NOT_STARTED: 2,
        State.DONE: 9,
        State.CANCELLED: 1,
    }


def test_three_are_overdue_and_three_not_updated_on_the_demos_day():
    agreement = Agreement.objects.get()
    round = Rounds.of(agreement).asking_about(TODAY, today=TODAY)
    activities = Activity.objects.as_of(TODAY)
    assert round.as_of == AUGUST
    assert activities.overdue(today=TODAY).count() == 3
    assert activities.not_updated(today=TODAY, round=round).count() == 3


def test_nothing_had_been_said_when_the_agreement_began():
    assert set(Activity.objects.as_of(date(2023, 1, 1)).values_list("state", flat=True)) == {
        State.NOT_STARTED
    }


# --- The same as the file ----------------------------------------------------------------------------------
def test_each_activity_has_the_files_number_name_and_days():
    stored = Activity.objects.order_by("number").values_list(
        "number", "title", "goal", "starts_on", "ends_on"
    )
    as_text = [(*row[:3], str(row[3]), str(row[4])) for row in stored]
    assert as_text == in_file("number", "title", "goal", "start", "end")


def placed(row, follow_up) -> tuple[str, str | None]:
    """The day and the round of a follow-up: the file's, or the day of writing where the round did not ask about the activity."""
    round = next((each for each in FILE["rounds"] if each["id"] == follow_up.get("round")), None)
    if round and str(row["start"]) > str(round["as_of"]):
        return follow_up["recorded_on"], None
    return follow_up["refers_on"], round and round["label"]


def test_each_word_has_the_files_text_and_both_its_days():
    stored = FollowUp.objects.order_by("activity__number", "saved_at").values_list(
        "activity__number", "what_happened", "saved_at", "refers_on", "round__label"
    )
    assert [
        (number, text, str(clock.local(at).date()), str(day), label)
        for number, text, at, day, label in stored
    ] == [
        (
            row["number"],
            follow_up["text"],
            follow_up["recorded_on"],
            *placed(row, follow_up),
        )
        for row in FILE["activities"]
        for follow_up in sorted(row["follow_ups"], key=lambda follow_up: follow_up["recorded_on"])
    ]


def test_each_milestone_has_the_files_days():
    stored = Milestone.objects.order_by("activity__number", "pk").values_list(
        "activity__number", "due_on", "done_on"
    )
    assert [(number, str(due), done and str(done)) for number, due, done in stored] == [
        (row["number"], step["due"], step["done"]) for row in FILE["activities"] for step in row["milestones"]
    ]


def test_each_activity_has_the_files_contributors():
    stored = (
        Activity.objects.order_by("number")
        .annotate(count=Count("contributors"))
        .values_list("number", "count")
    )
    assert list(stored) == [(row["number"], len(row["contributors"])) for row in FILE["activities"]]


def test_the_history_was_written_on_the_demos_days():
    after_today = Activity.history.filter(history_date__date__gt=TODAY).count()
    assert (after_today, Activity.history.filter(history_user=None).count()) == (0, 0)


def test_whoever_cancelled_was_the_coordinator():
    cancelled = FollowUp.objects.filter(status="cancelled")
    assert [follow_up.author.role for follow_up in cancelled.select_related("author")] == [Role.COORDINATOR]


# --- What surrounds it -------------------------------------------------------------------------------------
def test_the_agreement_and_the_picture_are_adopted_and_the_areas_have_goals():
    assert Agreement.objects.get().status == Agreement.Status.ADOPTED
    picture = SituationalPicture.objects.get()
    assert (picture.status, picture.adopted_on) == (SituationalPicture.Status.ADOPTED, None)
    assert picture.analysis.startswith("Exempeltext.")
    assert not PriorityArea.objects.filter(effect_goal="").exists()


def test_rounds_and_needs_are_those_of_the_file():
    assert [str(day) for day in Round.objects.values_list("as_of", flat=True)] == [
        row["as_of"] for row in FILE["rounds"]
    ]
    assert list(Need.objects.values_list("problem", flat=True)) == [row["problem"] for row in FILE["needs"]]


def test_every_account_is_a_function_at_a_reserved_address_and_can_sign_in(client):
    assert set(User.objects.values_list("email", flat=True)) == {row["email"] for row in FILE["users"]}
    assert [
        user.display_name for user in User.objects.all() if not user.display_name.endswith("(demo)")
    ] == []
    assert all(user.check_password("samverkan-demo-2024") for user in User.objects.all())
    assert client.login(username="samordnare@example.com", password="samverkan-demo-2024")


def test_every_role_and_every_party_can_be_tried():
    assert set(User.objects.values_list("role", flat=True)) == set(Role.values)
    representatives = User.objects.filter(role=Role.REPRESENTATIVE).values_list("party", flat=True)
    assert set(representatives) == set(Party.objects.values_list("pk", flat=True))


# --- The command -------------------------------------------------------------------------------------------
def counts():
    return {
        model.__name__: model.objects.count()
        for app in ("parties", "priorities", "activities")
        for model in models_of(app)
    }


def test_twice_changes_nothing():
    before, follow_ups = counts(), list(FollowUp.objects.values())
    output = StringIO()
    call_command("demo", stdout=output)
    assert output.getvalue().startswith(
        "Demodata fanns redan.\nKonton, alla med lösenordet samverkan-demo-2024:\n"
    )
    assert "  samordnare@example.com               Samordnare, Huddinge kommun\n" in output.getvalue()
    assert (counts(), list(FollowUp.objects.values())) == (before, follow_ups)


def test_it_refuses_where_it_is_not_a_demo(settings):
    settings.IS_DEMO = False
    with pytest.raises(CommandError) as refused:
        call_command("demo")
    assert str(refused.value) == (
        "Demon laddas bara där SAMVERKAN_TODAY är satt, till exempel SAMVERKAN_TODAY=2024-09-30."
    )
