"""*Översikt* says by name what does not go as planned: why, and who has to decide, as of the day."""

import re
from datetime import date

import pytest

from activities.planning.actions import edit_plan
from tests.factories import ActivityFactory, FollowUpFactory, NeedFactory
from tests.factories.activities import at_ten
from tests.support.plans import plan_of
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

ADDRESS = "/2023-2024/oversikt/"


@rows
def activities(agreement, huge, polisen):
    """On time, at risk, overdue and off track in that order; an internal one of Polisen's that is off track; a late start."""
    ActivityFactory(title="Enligt plan", on_track=True)
    ActivityFactory(title="Trapphus", at_risk=True)
    ActivityFactory(title="Belysning", overdue=True)
    ActivityFactory(title="Idrottshallar", off_track=True, lead=polisen)
    ActivityFactory(title="Kameror", off_track=True, lead=polisen, internal=True)
    ActivityFactory(title="Hjärtstartare", late_start=True)


@pytest.fixture
def look(client_for, samordnare):
    client = client_for(samordnare)
    return lambda query="": client.get(f"{ADDRESS}{query}")


def told(response) -> list[tuple[str, str, str]]:
    return [
        (each.title, each.reason, each.decided_by) for each in response.context["overview"].deviations.shown
    ]


def test_it_tells_the_worst_first_with_the_reason_and_who_decides(activities, look):
    response = look()

    assert told(response) == [
        ("Idrottshallar", "Ett beslut om hur arbetet ska gå vidare.", "Styrgruppen"),
        ("Kameror", "Ett beslut om hur arbetet ska gå vidare.", "Styrgruppen"),
        ("Belysning", "Uppföljningen säger inte varför.", ""),
        ("Hjärtstartare", "Inte uppföljd än.", ""),
        ("Trapphus", "Leveransen dröjer.", ""),
    ]
    page = response.content.decode()
    assert '<a href="/2023-2024/aktiviteter/4/">Idrottshallar</a>' in page
    assert "Polisen · <b>Styrgruppen</b> behöver besluta" in page
    assert "Huge · skulle vara klar 15 september 2024" in page
    assert "Huge · skulle ha börjat 1 september 2024" in page


def test_a_late_start_is_told_with_what_it_needs_and_once(agreement, look):
    """Also the one whose end has passed too, which is overdue."""
    late = ActivityFactory(title="Hjärtstartare", late_start=True)
    FollowUpFactory(activity=late, not_started=True, needed="En projektledare")
    ActivityFactory(title="Kurs", starts_on=date(2024, 3, 1), ends_on=date(2024, 8, 31))
    ActivityFactory(title="Börjar i dag", starts_on=date(2024, 9, 30))

    assert told(look()) == [
        ("Kurs", "Inte uppföljd än.", ""),
        ("Hjärtstartare", "En projektledare", ""),
    ]
    assert told(look("?per=2024-08-31")) == [("Kurs", "Inte uppföljd än.", "")]


def test_from_there_it_is_one_click_to_the_list_of_exactly_those_with_what_is_needed(
    activities, look, client_for, samordnare
):
    url = re.search(r'href="([^"]+)">Visa i listan', look().content.decode())[1].replace("&amp;", "&")

    found = client_for(samordnare).get(url)

    names = [activity.title for activity in found.context["page_obj"]]
    assert names == ["Idrottshallar", "Kameror", "Trapphus", "Belysning", "Hjärtstartare"]
    assert "Vad behövs" in found.content.decode()


def test_who_may_not_see_an_internal_activity_reads_nothing_of_it(activities, client_for, lasare):
    response = client_for(lasare).get(ADDRESS)

    assert [title for title, *_ in told(response)] == [
        "Idrottshallar",
        "Belysning",
        "Hjärtstartare",
        "Trapphus",
    ]
    assert "Kameror" not in response.content.decode()


def test_an_earlier_day_has_that_days_names_and_reasons(agreement, look, samordnare):
    activity = ActivityFactory(title="Trapphus", needs=[NeedFactory()], starts_on=date(2024, 3, 1))
    changes = {"by": samordnare, "at": at_ten(date(2024, 5, 14)), "version": activity.version}
    edit_plan(activity=activity, plan=plan_of(activity, title="Trygga trapphus"), **changes)
    FollowUpFactory(activity=activity, at_risk=True, refers_on=date(2024, 3, 31), what_happened="Ingen tid.")
    FollowUpFactory(activity=activity, off_track=True, refers_on=date(2024, 9, 20))

    assert told(look("?per=2024-04-15")) == [("Trapphus", "Ingen tid.", "")]
    assert told(look("?per=2024-03-01")) == []
    assert [(title, by) for title, _, by in told(look())] == [("Trygga trapphus", "Styrgruppen")]


def test_everything_off_track_is_told_and_the_rest_is_a_click_away(agreement, look):
    for number in range(11):
        ActivityFactory(title=f"Avviker {number}", off_track=True)
        ActivityFactory(title=f"Risk {number}", at_risk=True)

    response = look()

    assert [title for title, *_ in told(response)] == [f"Avviker {number}" for number in range(11)]
    assert "Visa alla 22" in response.content.decode()


def test_a_long_reason_is_cut_and_markup_is_text(agreement, look):
    activity = ActivityFactory(title="<b>Namn</b>")
    FollowUpFactory(activity=activity, off_track=True, needed="<i>Ett</i>\nbeslut " + "x" * 4000)

    page = look()

    assert len(told(page)[0][1]) == 201
    assert "&lt;i&gt;Ett&lt;/i&gt; beslut xxx" in page.content.decode()


def test_when_nothing_deviates_it_says_so(agreement, look):
    ActivityFactory(on_track=True)

    assert (
        "Ingen aktivitet avviker, har risk för avvikelse, är försenad eller har sen start."
        in look().content.decode()
    )
