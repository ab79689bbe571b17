"""An activity's page begins with what its reader came for: the form for whoever reports, how it goes for everybody else."""

import re
from datetime import date

import pytest

from tests.factories import ActivityFactory, FollowUpFactory, MilestoneFactory, UnitFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ORDER = {"mal": "goal", "senast": "latest", "delmal": "milestones", "folj-upp": "form", "logg": "log"}


@pytest.fixture
def activity(agreement, huge_rep):
    activity = ActivityFactory(title="Belysning längs stråket", reporters=[huge_rep])
    MilestoneFactory(activity=activity)
    FollowUpFactory(
        activity=activity, refers_on=date(2024, 3, 31), at_risk=True, what_happened="Kabeln är sen."
    )
    FollowUpFactory(
        activity=activity,
        refers_on=date(2024, 8, 31),
        off_track=True,
        what_happened="Kabeln är av.",
        needed="Beslut om medel",
        decision_by="board",
    )
    return activity


@pytest.fixture
def read(client_for):
    return lambda activity, user: client_for(user).get(activity.get_absolute_url()).content.decode()


def order(page: str) -> list[str]:
    """The parts of the page, as they come; a folded form is `folded`."""
    found = re.findall(r'id="(mal|senast|delmal|folj-upp|logg)"|(folded-form)', page)
    return [ORDER[name] if name else "folded" for name, _ in found]


def test_the_reporter_comes_to_the_form(activity, huge_rep, read):
    page = read(activity, huge_rep)

    assert order(page) == ["goal", "form", "milestones", "log"]
    assert page.count("Kabeln är av.") == 1


def test_the_coordinator_reads_how_it_goes_what_is_needed_and_who_decides(activity, samordnare, read):
    page = read(activity, samordnare)

    assert order(page) == ["goal", "latest", "milestones", "folded", "log"]
    latest = page[page.index('id="senast"') : page.index('id="delmal"')]
    assert "Så går det" in latest
    assert [
        each in latest for each in ("Avviker", "Kabeln är av.", "Beslut om medel", "Kommunstyrelsen")
    ] == [True] * 4
    assert "Följ upp åt Huge" in page
    assert (page.count("Kabeln är av."), "Fler uppföljningar" in page) == (1, True)


def test_a_coordinator_who_reports_on_it_comes_to_the_form(activity, kommunen, samordnare, read):
    activity.lead = kommunen
    activity.save()
    activity.reporters.set([samordnare])

    assert order(read(activity, samordnare)) == ["goal", "form", "milestones", "log"]


def test_a_colleague_whom_it_does_not_ask_reads_how_it_goes_and_may_still_step_in(activity, huge, read):
    """The reporter is asked before the party, and the unit before other units."""
    of_another_unit = UserFactory(representative=True, party=huge, unit=UnitFactory(party=huge, name="Syd"))
    assert order(read(activity, of_another_unit)) == ["goal", "latest", "milestones", "folded", "log"]

    unit = UnitFactory(party=huge, name="Nord")
    of_the_unit = UserFactory(representative=True, party=huge, unit=unit)
    activity.unit = unit
    activity.save()
    activity.reporters.clear()
    assert order(read(activity, of_the_unit)) == ["goal", "form", "milestones", "log"]
    assert order(read(activity, of_another_unit)) == ["goal", "latest", "milestones", "folded", "log"]


@pytest.mark.parametrize("who", ["lasare", "handlaggare", "polis_rep"])
def test_others_read_how_it_goes_and_get_no_form(who, activity, read, request):
    assert order(read(activity, request.getfixturevalue(who))) == ["goal", "latest", "milestones", "log"]


@pytest.mark.parametrize("ended", ["done", "cancelled"])
def test_an_ended_activity_shows_how_it_went_and_can_be_followed_up_again(ended, activity, huge_rep, read):
    FollowUpFactory(
        activity=activity, refers_on=date(2024, 9, 15), what_happened="Allt lyser.", **{ended: True}
    )

    page = read(activity, huge_rep)

    assert order(page) == ["goal", "latest", "milestones", "folded", "log"]
    assert ("Så gick det" in page, "Följ upp igen" in page) == (True, True)


def test_nothing_written_yet_is_said(agreement, samordnare, read):
    page = read(ActivityFactory(title="Ny"), samordnare)

    assert "Huge har inte följt upp aktiviteten än." in page
    assert "logg" not in order(page)


def test_what_was_withdrawn_is_quiet_and_for_readers_folded(activity, huge_rep, lasare, read):
    withdrawn = FollowUpFactory(
        activity=activity, refers_on=date(2024, 9, 1), on_track=True, what_happened="Fel rad."
    )
    FollowUpFactory(activity=activity, replaces=withdrawn, refers_on=withdrawn.refers_on, withdrawal=True)

    log = read(activity, huge_rep)
    assert f'<li id="ord-{withdrawn.pk}" class="uncounted">' in log
    page = read(activity, lasare)
    folded = page[page.index(f'<li id="ord-{withdrawn.pk}" class="uncounted">') :]
    assert "<summary>1 september 2024: ångrad uppföljning</summary>" in folded
    assert folded.index("<details>") < folded.index("Fel rad.") < folded.index("</details>")
