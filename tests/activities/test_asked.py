"""Whom to ask about an activity: its reporters whatever their role, then its unit's people, then the party's."""

from datetime import date

import pytest
from django.core import mail
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activities.asked import asked_of, people_asked, people_to_ask
from activities.models import Activity
from activities.reminders.actions import send_reminders
from parties.models import Deputy, User
from parties.roles import Role
from tests.factories import (
    ActivityFactory,
    FollowUpFactory,
    QuestionFactory,
    RoundFactory,
    UnitFactory,
    UserFactory,
)
from tests.factories.activities import at_ten
from tests.support.stored import rows

pytestmark = pytest.mark.django_db

DAY = date(2024, 9, 10)
MY_WORK = "/mitt-arbete/"


@rows
def people(agreement, huge, polisen):
    """At Huge: a coordinator, somebody of the unit, and two others; and somebody at Polisen."""
    unit = UnitFactory(name="Fastighet", party=huge)
    made = {
        "coordinator": UserFactory(role=Role.COORDINATOR, party=huge, email="samordnare@huge.example.com"),
        "of_the_unit": UserFactory(representative=True, party=huge, unit=unit, email="enhet@example.com"),
        "another": UserFactory(representative=True, party=huge, email="annan@example.com"),
        "third": UserFactory(representative=True, party=huge, email="tredje@example.com"),
        "elsewhere": UserFactory(representative=True, party=polisen, email="polis@example.com"),
    }
    return made | {"unit": unit}


def named(people, activity) -> set[str]:
    asked = people_to_ask(activity)
    return {name for name, person in people.items() if person in asked}


# --- The rule -----------------------------------------------------------------------------------------------------
def test_the_reporter_comes_first_also_when_it_is_the_coordinator(people):
    activity = ActivityFactory(unit=people["unit"], reporters=[people["coordinator"]])
    assert named(people, activity) == {"coordinator"}


def test_without_a_reporter_the_units_people_are_asked(people):
    assert named(people, ActivityFactory(unit=people["unit"])) == {"of_the_unit"}


def test_without_a_unit_or_anybody_in_it_the_partys_people_are_asked(people, huge):
    everybody = {"of_the_unit", "another", "third"}
    assert named(people, ActivityFactory()) == everybody
    assert named(people, ActivityFactory(unit=UnitFactory(name="Tom", party=huge))) == everybody


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"role": Role.READER}, {"role": Role.OFFICIAL}], ids=str
)
def test_a_reporter_who_may_not_speak_for_the_party_counts_as_none(change, people):
    activity = ActivityFactory(unit=people["unit"], reporters=[people["another"]])
    User.objects.filter(pk=people["another"].pk).update(**change)
    assert named(people, activity) == {"of_the_unit"}


def test_a_reporter_who_has_moved_to_another_party_counts_as_none(people, polisen):
    activity = ActivityFactory(unit=people["unit"], reporters=[people["another"]])
    User.objects.filter(pk=people["another"].pk).update(party=polisen, unit=None)
    assert named(people, activity) == {"of_the_unit"}


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_database_and_the_pages_ask_the_same_people(data, people, huge, polisen):
    """Any accounts, reporters and unit: `asked_of` finds for each person what `people_asked` says, plus what deputies do."""
    accounts = [each for each in people.values() if isinstance(each, User)]
    for account in accounts:
        User.objects.filter(pk=account.pk).update(
            is_active=data.draw(st.booleans() | st.just(True)),
            role=data.draw(st.sampled_from([Role.REPRESENTATIVE, Role.REPRESENTATIVE, *Role])),
            party=data.draw(st.sampled_from([huge, huge, polisen])),
        )
    activity = Activity.objects.first() or ActivityFactory()
    activity.unit = data.draw(st.sampled_from([None, people["unit"]]))
    activity.save()
    activity.reporters.set(data.draw(st.lists(st.sampled_from(accounts), unique=True, max_size=2)))
    Deputy.objects.all().delete()
    person, deputy = accounts[1], accounts[2]
    if data.draw(st.booleans()):
        Deputy.objects.create(person=person, deputy=deputy, from_on=DAY, to_on=DAY)

    asked = set(people_asked([activity])[activity.pk])
    able = User.objects.filter(pk=deputy.pk, party=huge, role=Role.REPRESENTATIVE, is_active=True)
    if person in asked and Deputy.objects.exists() and able.exists():
        asked.add(deputy)
    stored = User.objects.filter(pk__in=[each.pk for each in accounts])
    assert {user for user in stored if Activity.objects.filter(asked_of(user, DAY)).exists()} == asked


# --- Where it is used -----------------------------------------------------------------------------------------------
@pytest.fixture
def question(people, samordnare):
    """A question about an activity that Huge's coordinator reports on."""
    activity = ActivityFactory(title="Ljusa stråk", unit=people["unit"], reporters=[people["coordinator"]])
    follow_up = FollowUpFactory(activity=activity, round=RoundFactory(), on_track=True)
    return QuestionFactory(follow_up=follow_up, text="Hur många lyktor?", asked_by=samordnare)


def test_a_question_waits_for_the_reporter_alone(question, people, client_for):
    mine = client_for(people["coordinator"]).get(MY_WORK)
    assert mine.context["opened"] == question.follow_up.activity
    assert "Hur många lyktor?" in mine.content.decode()

    for name in ("of_the_unit", "another"):
        page = client_for(people[name]).get(MY_WORK)
        assert (page.context["opened"], page.context["form"]) == (None, None)
        assert page.context["work"].waiting_count == 0
        assert "Inget väntar på dig just nu" in page.content.decode()
        assert "Samordnaren har en fråga till den som rapporterar" in page.content.decode()
        assert ">Svara<" not in page.content.decode()


def test_the_activitys_page_opens_no_form_for_an_answer_that_is_anothers(question, people, client_for):
    address = question.follow_up.activity.get_absolute_url()

    assert client_for(people["coordinator"]).get(address).context["form"]
    page = client_for(people["another"]).get(address)
    assert page.context["form"] is None
    assert "Frågan är ställd till den som rapporterar för Huge." in page.content.decode()
    assert "Svara på frågan själv</a>" in page.content.decode()
    assert page.content.decode().count("Hur många lyktor?") == 1


def test_the_mail_about_a_question_goes_to_the_reporter_alone(question, people):
    send_reminders(at=at_ten(DAY), day=DAY)

    assert [message.to for message in mail.outbox] == [[people["coordinator"].email]]


def test_a_deputy_sees_the_persons_work_as_their_own(people, huge, client_for, today):
    ActivityFactory(title="Ljusa stråk", reporters=[people["another"]])
    RoundFactory()
    Deputy.objects.create(person=people["another"], deputy=people["third"], from_on=today, to_on=today)

    assert client_for(people["third"]).get(MY_WORK).context["work"].headline == "1 aktivitet väntar på dig"
    assert client_for(people["of_the_unit"]).get(MY_WORK).context["work"].waiting_count == 0
