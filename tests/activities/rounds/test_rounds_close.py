"""The coordinator closes a round: the page shows what is missing then, and nothing later changes that."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from activities.follow_ups.actions import Answer, record_follow_up
from activities.models import Activity, Round
from activities.periods import Rounds
from activities.planning.actions import edit_plan
from activities.querysets import not_updated_on
from activities.rounds import Progress
from activities.rounds.actions import close_round
from activities.states import State
from tests.factories import ActivityFactory, FollowUpFactory, NeedFactory, QuestionFactory, RoundFactory
from tests.factories.activities import at_ten
from tests.support.plans import plan_of
from tests.support.stored import rows

ADDRESS = "/2023-2024/omgangar/2024-08-31/"
CLOSE = f"{ADDRESS}stang/"
TODAY = date(2024, 9, 30)


@pytest.fixture
def client(client_for, samordnare):
    return client_for(samordnare)


@rows
def asked(agreement, polisen):
    """The open round: Huge has answered one of two, and Polisen's only follow-up has come back with a question."""
    round = RoundFactory()
    FollowUpFactory(activity=ActivityFactory(title="Belysning"), round=round)
    ActivityFactory(title="Trapphus")
    follow_up = FollowUpFactory(activity=ActivityFactory(title="Patrullering", lead=polisen), round=round)
    QuestionFactory(follow_up=follow_up)
    return round


def phase(round, day=TODAY):
    rounds = Rounds.among(round.agreement.rounds.select_related("agreement", "closed_by"))
    return rounds.phase_of(round, day)


def missing(round, day=TODAY) -> list[str]:
    progress = Progress.of(phase(round, day))
    return sorted(activity.title for party in progress.parties for activity in party.missing)


def press(client, **changes):
    seen = client.get(CLOSE).context["form"]["seen"].value()
    return client.post(CLOSE, {"seen": seen} | changes, follow=True)


def test_the_page_names_what_is_missing_and_unanswered_for_each_party(client, asked):
    page = client.get(CLOSE)

    assert {
        party.party.short_name: (
            [activity.title for activity in party.missing],
            [question.text for question in party.returned],
        )
        for party in page.context["page"].progress.waiting
    } == {
        "Huge": (["Trapphus"], []),
        "Polisen": ([], ["Hur många trapphus har ni besökt?"]),
    }
    text = page.content.decode()
    assert "2 av 3 aktiviteter är uppföljda. 1 fråga är obesvarad." in text
    assert "Det som parterna skriver efteråt hör till nästa omgång, när den har öppnat." in text


def test_the_button_closes_and_the_page_tells_when_by_whom_and_what_was_missing(client, asked, samordnare):
    response = press(client)

    asked.refresh_from_db()
    assert (asked.closed_on, asked.closed_by) == (TODAY, samordnare)
    assert response.redirect_chain == [(ADDRESS, 302)]
    text = response.content.decode()
    assert f"{samordnare.title or samordnare.display_name} stängde omgången 30 september 2024" in text
    assert "Trapphus" in text
    assert "Påminn" not in text


def test_what_was_said_afterwards_belongs_to_no_round_and_changes_nothing_in_it(client, asked, huge_rep):
    press(client)
    trapphus = Activity.objects.get(title="Trapphus")
    late = record_follow_up(
        activity=trapphus,
        by=huge_rep,
        at=at_ten(TODAY),
        answer=Answer(State.DONE, what_happened="Klart.", attainment="achieved"),
        submission_key=uuid4(),
    )

    assert (late.round, late.refers_on) == (None, TODAY)
    assert missing(asked) == missing(asked, date(2024, 12, 1)) == ["Trapphus"]
    assert [row.missing for row in client.get("/2023-2024/omgangar/").context["page"].ended] == [1]


def test_a_follow_up_of_the_next_round_that_speaks_of_the_day_before_changes_nothing_either(asked, huge_rep):
    """The next opens the day after its own day, so that its follow-ups speak of a day before the first one ended."""
    following = RoundFactory(
        label="Helår 2024", as_of=date(2024, 10, 1), opens_on=date(2024, 10, 2), due_on=date(2024, 10, 14)
    )
    day = date(2024, 10, 2)
    late = record_follow_up(
        activity=Activity.objects.get(title="Trapphus"),
        by=huge_rep,
        at=at_ten(day),
        answer=Answer(State.DONE, what_happened="Klart.", attainment="achieved"),
        submission_key=uuid4(),
    )

    assert (late.round, late.refers_on) == (following, date(2024, 10, 1))
    assert phase(asked, day).ended_on == day
    assert missing(asked, day) == ["Trapphus"]


@pytest.mark.parametrize(("was", "becomes"), [((2024, 1, 1), (2024, 10, 15)), ((2024, 10, 15), (2024, 1, 1))])
def test_a_plan_that_is_changed_afterwards_changes_nothing_of_what_was_missing(
    was, becomes, agreement, samordnare
):
    round = RoundFactory()
    activity = ActivityFactory(title="Belysning", starts_on=date(*was), needs=[NeedFactory()])
    before = missing(round)
    close_round(by=samordnare, round=round, today=TODAY)
    round.refresh_from_db()

    plan = plan_of(activity, starts_on=date(*becomes))
    edit_plan(
        activity=activity, by=samordnare, at=at_ten(date(2024, 10, 1)), version=activity.version, plan=plan
    )

    assert missing(round, date(2024, 10, 20)) == before


@pytest.mark.parametrize(
    ("traits", "is_missing"),
    [
        ({}, True),
        ({"starts_on": date(2024, 8, 31)}, True),
        ({"starts_on": date(2024, 9, 1)}, False),
        ({"draft": True}, False),
        ({"lead_yes_on": date(2024, 8, 31)}, True),
        ({"coordinator_yes_on": date(2024, 9, 1)}, False),
        ({"internal": True}, True),
    ],
)
@pytest.mark.parametrize("said", ["nothing", "on_track", "done", "cancelled"])
def test_closing_changes_nothing_of_what_was_missing(traits, is_missing, said, agreement, samordnare):
    round = RoundFactory()
    activity = ActivityFactory(title="Belysning", **traits)
    if said != "nothing" and not traits.get("draft"):
        FollowUpFactory(activity=activity, refers_on=date(2024, 3, 31), **{said: True})
        is_missing = is_missing and said == "on_track"

    before = missing(round)
    close_round(by=samordnare, round=round, today=TODAY)
    round.refresh_from_db()

    assert before == missing(round) == missing(round, date(2025, 6, 1)) == ["Belysning"] * is_missing


def test_what_is_missing_is_what_every_other_page_says(asked):
    rows = Activity.objects.as_of(TODAY).filter(not_updated_on(TODAY, asked))

    assert missing(asked) == [row.title for row in rows]


def test_who_presses_after_something_was_saved_sees_the_new_facts_first(client, asked):
    seen = client.get(CLOSE).context["form"]["seen"].value()
    FollowUpFactory(activity=Activity.objects.get(title="Trapphus"), round=asked)

    response = client.post(CLOSE, {"seen": seen})
    form = response.context["form"]
    assert form.non_field_errors()[0].startswith("Något har sparats eller ändrats sedan sidan visades.")
    assert "Alla 3 aktiviteter är uppföljda." in response.content.decode()
    assert Round.objects.get().closed_on is None

    client.post(CLOSE, {"seen": form["seen"].value()})
    assert Round.objects.get().closed_on == TODAY


@pytest.mark.parametrize("seen", ["", "\0", "x" * 100_000])
def test_what_was_seen_may_be_anything(seen, client, asked):
    response = client.post(CLOSE, {"seen": seen})

    assert response.status_code == 200
    assert Round.objects.get().closed_on is None


def test_closed_twice_it_is_closed_once(client, asked, samordnare):
    seen = client.get(CLOSE).context["form"]["seen"].value()
    client.post(CLOSE, {"seen": seen})
    response = client.post(CLOSE, {"seen": seen}, follow=True)

    assert close_round(by=samordnare, round=asked, today=date(2024, 10, 7)) is False
    assert Round.objects.get().closed_on == TODAY
    assert "stängde omgången 30 september 2024." in response.content.decode()


def test_one_that_facts_close_later_is_closed_today(client, asked):
    Round.objects.update(closed_on=date(2024, 10, 25))
    response = press(client)

    assert Round.objects.get().closed_on == TODAY
    assert "stängde omgången 30 september 2024." in response.content.decode()


def test_a_planned_round_is_not_closed(client, agreement, samordnare):
    round = RoundFactory(planned=True)
    response = client.get("/2023-2024/omgangar/2024-12-31/stang/", follow=True)

    assert "Helår 2024 har inte öppnat än." in response.content.decode()
    with pytest.raises(ValidationError, match="inte öppnat"):
        close_round(by=samordnare, round=round, today=TODAY)


def test_one_that_nobody_closed_ends_as_the_next_opens_and_is_not_closed_afterwards(
    client, samordnare, asked
):
    RoundFactory(
        label="September", as_of=date(2024, 9, 25), opens_on=date(2024, 9, 25), due_on=date(2024, 10, 11)
    )
    page = client.get(ADDRESS)

    assert page.context["page"].ended == "Omgången upphörde när September öppnade 25 september 2024"
    assert client.get(CLOSE, follow=True).redirect_chain == [(ADDRESS, 302)]
    with pytest.raises(ValidationError, match="upphört"):
        close_round(by=samordnare, round=asked, today=TODAY)


def test_one_of_an_archived_agreement_is_not_closed(asked, samordnare, agreement):
    agreement.status = "archived"
    agreement.save()
    with pytest.raises(PermissionDenied):
        close_round(by=samordnare, round=asked, today=TODAY)


def test_nobody_else_closes(asked, huge_rep, handlaggare, admin):
    for user in (huge_rep, handlaggare, admin):
        with pytest.raises(PermissionDenied):
            close_round(by=user, round=asked, today=TODAY)


def test_one_that_nobody_closed_ends_by_itself_thirty_days_after_its_last_day(
    client, samordnare, huge_rep, asked, settings
):
    facts = client.get(ADDRESS).content.decode()
    assert "Tar slut" in facts
    assert "13 oktober 2024" in facts

    settings.SAMVERKAN_TODAY = late = date(2024, 10, 13)
    said = record_follow_up(
        activity=Activity.objects.get(title="Trapphus"),
        by=huge_rep,
        at=at_ten(late),
        answer=Answer(State.ON_TRACK),
        submission_key=uuid4(),
    )

    assert (said.round, said.refers_on) == (None, late)
    assert client.get(ADDRESS).context["page"].ended == (
        "Omgången upphörde 13 oktober 2024, trettio dagar efter sista dagen"
    )
    assert [row.in_words for row in client.get("/2023-2024/omgangar/").context["page"].ended] == [
        "Upphörde 13 oktober 2024"
    ]
    assert missing(asked, late) == ["Trapphus"]
    assert client.get("/mitt-arbete/").context["work"].rounds == []
    with pytest.raises(ValidationError, match="upphört"):
        close_round(by=samordnare, round=asked, today=late)
