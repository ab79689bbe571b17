"""Shared fixtures for following up, copying and replacing."""

from datetime import date

import pytest
from django.urls import reverse

from tests.factories import (
    ActivityFactory,
    ContributionFactory,
    FocusAreaFactory,
    FollowUpFactory,
    MilestoneFactory,
    NeedFactory,
    RoundFactory,
    UnitFactory,
)
from tests.support.stored import rows


@rows
def belysning(agreement, huge, huge_rep):
    """Huge's activity, on track since 31 March, with one milestone left; a round is open."""
    activity = ActivityFactory(
        title="Belysning längs stråket", measure="Lyktor", measure_unit="antal", target=40
    )
    FollowUpFactory(
        activity=activity, on_track=True, refers_on=date(2024, 3, 31), what_happened="Tolv lyktor är uppe."
    )
    MilestoneFactory(activity=activity, title="Alla lyktor uppe")
    RoundFactory()
    return activity


@pytest.fixture
def follow_up_address(belysning):
    return reverse("follow_up", args=["2023-2024", belysning.number])


@pytest.fixture
def browser(client_for, huge_rep):
    return client_for(huge_rep)


@pytest.fixture
def send(browser, follow_up_address):
    """Opens the form and sends it with the given fields, as a browser would."""
    client = browser

    def send(**fields):
        form = client.get(follow_up_address).context["form"]
        hidden = {name: form[name].value() for name in ("version", "newest_id", "round_id", "submission_key")}
        return client.post(follow_up_address, {**hidden, "state": "on_track", **fields})

    return send


@rows
def old(agreement, huge, huge_rep, kommunen):
    """Huge's agreed activity with every field of a plan; one of two milestones is done."""
    activity = ActivityFactory(
        on_track=True,
        goal="Alla lyktor lyser.",
        target=40,
        unit=UnitFactory(party=huge, name="Förvaltning Syd"),
        needs=[NeedFactory()],
        focus_areas=[FocusAreaFactory()],
        reporters=[huge_rep],
        is_recurring=True,
    )
    ContributionFactory(activity=activity, what="Patrullerar.", confirmed_on=date(2024, 3, 1))
    MilestoneFactory(activity=activity, title="Kartlagt", done_on=date(2024, 5, 1))
    MilestoneFactory(activity=activity, title="Alla uppe", due_on=date(2024, 10, 31))
    return activity


@rows
def winter(agreement):
    """A planned round per 31 December that opens on 1 January."""
    return RoundFactory(planned=True)


@rows
def open_round(agreement):
    """The round per 31 August, open since 1 September; its last day, the 13th, has passed."""
    return RoundFactory()
