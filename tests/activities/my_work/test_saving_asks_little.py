"""A save finds the activity, saves and leads on: it looks up nothing of the page that is left or of the one that comes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import FollowUp
from tests.factories import ActivityFactory, MilestoneFactory, RoundFactory
from tests.support.stored import rows

HIDDEN = ("version", "newest_id", "round_id", "submission_key")
# What only a page shows: what waits in the menu, proposals, needs, places and what the party contributes to.
OF_A_PAGE = (
    "COUNT(",
    'FROM "activities_historicalactivity"',
    'FROM "priorities_need"',
    'FROM "priorities_focusarea"',
    'FROM "parties_party" INNER JOIN "activities_contribution"',
)


@rows
def belysning(agreement, huge, polisen, huge_rep):
    RoundFactory()
    ActivityFactory(title="Rena gårdar", reporters=[huge_rep])
    activity = ActivityFactory(title="Belysning", reporters=[huge_rep], contributors=[polisen])
    MilestoneFactory(activity=activity)
    return activity


@pytest.mark.parametrize("where", ["on Mitt arbete", "on the activity"])
def test_a_save_asks_for_nothing_that_only_a_page_shows(where, belysning, huge_rep, client_for):
    client = client_for(huge_rep)
    on_my_work = where == "on Mitt arbete"
    address = "/mitt-arbete/" if on_my_work else f"{belysning.get_absolute_url()}folj-upp/"
    form = client.get(address, {"aktivitet": belysning.pk} if on_my_work else {}).context["form"]
    sent = {name: form[name].value() for name in HIDDEN} | {"state": "on_track", "aktivitet": belysning.pk}

    with CaptureQueriesContext(connection) as captured:
        response = client.post(address, sent)

    assert (response.status_code, FollowUp.objects.get().activity) == (302, belysning)
    asked = [query["sql"] for query in captured.captured_queries]
    assert [sql for sql in asked if any(part in sql for part in OF_A_PAGE)] == []
    assert sum(sql.startswith("INSERT") for sql in asked) == 1


def test_a_save_that_is_refused_shows_the_whole_page(belysning, huge_rep, client_for):
    client = client_for(huge_rep)
    form = client.get("/mitt-arbete/", {"aktivitet": belysning.pk}).context["form"]
    sent = {name: form[name].value() for name in HIDDEN} | {"aktivitet": belysning.pk}

    page = client.post("/mitt-arbete/", sent | {"what_happened": "Två lyktor är bytta."})

    assert page.context["form"].errors["state"] == ["Välj hur det går."]
    assert [activity.title for activity in page.context["work"].mine] == ["Rena gårdar", "Belysning"]
    assert "Två lyktor är bytta.</textarea>" in page.content.decode()
