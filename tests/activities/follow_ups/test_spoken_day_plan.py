"""Which day a follow-up can speak of follows the plan of the round's day, as the round does."""

from datetime import date, timedelta

import pytest

from activities.models import Activity, Contribution, Round
from samverkan.lib.history import signed
from tests.factories import ContributionFactory
from tests.factories.activities import at_ten
from tests.support.follow_ups import answers, days, words
from tests.support.plans import planned

TODAY, AUGUST = date(2024, 9, 30), date(2024, 8, 31)


@pytest.mark.parametrize(
    "plan",
    [
        {"lead_yes_on": AUGUST + timedelta(days=1)},
        {"coordinator_yes_on": TODAY},
        {"starts_on": AUGUST + timedelta(days=1)},
    ],
)
def test_what_the_round_does_not_ask_about_can_only_be_told_as_of_today(plan, belysning, browser, send):
    planned(belysning, on=date(2024, 8, 1), **plan)
    page = browser.get(f"{belysning.get_absolute_url()}folj-upp/")

    assert days(page) == [("2024-09-30", True)]
    assert "Svaret gäller läget i dag, den 30 september 2024" in words(page)
    send(refers_on="2024-09-30")
    assert answers(belysning) == [(TODAY, None)]


@pytest.mark.parametrize(
    ("before", "after", "offered"),
    [
        (date(2023, 3, 1), date(2024, 9, 20), [("2024-08-31", True), ("2024-09-30", False)]),
        (date(2024, 9, 20), date(2023, 3, 1), [("2024-09-30", True)]),
    ],
)
@pytest.mark.parametrize("where", ["activity", "follow_up", "my_work"])
def test_a_start_moved_during_the_round_changes_neither_who_is_asked_nor_what_can_be_answered(
    before, after, offered, where, belysning, browser
):
    """The round and its form read the plan of the round's day."""
    planned(belysning, on=date(2024, 8, 1), starts_on=before)
    planned(belysning, on=date(2024, 9, 10), starts_on=after)
    is_asked = len(offered) == 2
    address = belysning.get_absolute_url()
    page = browser.get({
        "activity": address, "follow_up": f"{address}folj-upp/", "my_work": f"/mitt-arbete/?aktivitet={belysning.pk}"
    }[where])  # fmt: skip

    assert Activity.objects.missing_in(Round.objects.get(), today=TODAY).exists() == is_asked
    assert days(page) == offered
    hidden = {field.name: field.value() for field in page.context["form"].hidden_fields()}
    to = "/mitt-arbete/" if where == "my_work" else f"{address}folj-upp/"
    browser.post(to, hidden | {"aktivitet": belysning.pk, "state": "on_track", "refers_on": offered[0][0]})
    assert answers(belysning) == [(AUGUST, Round.objects.get()) if is_asked else (TODAY, None)]
    assert not Activity.objects.missing_in(Round.objects.get(), today=TODAY).exists()


def test_a_contributor_is_offered_the_rounds_day_by_the_same_plan(belysning, client_for, polis_rep):
    ContributionFactory(activity=belysning, confirmed_on=date(2024, 3, 1))
    planned(belysning, on=date(2024, 9, 10), starts_on=date(2024, 9, 20))

    page = client_for(polis_rep).get(f"{belysning.get_absolute_url()}medverkan/polisen/")

    assert [day.value for day in page.context["page"].done.day_choices] == ["2024-08-31", "2024-09-30"]


def test_nor_can_a_contributor_speak_of_a_day_before_it_was_one(
    belysning, client_for, polis_rep, polisen, samordnare
):
    part = signed(
        Contribution(activity=belysning, party=polisen), by=samordnare, at=at_ten(date(2024, 9, 25))
    )
    part.save()
    browser, address = client_for(polis_rep), f"{belysning.get_absolute_url()}medverkan/polisen/"

    form = browser.get(address).context["page"].done
    assert [day.value for day in form.day_choices] == ["2024-09-30"]
    sent = form.carried | {"gjort": "1", "what_happened": "Vi gick.", "refers_on": "2024-08-31"}
    assert "svaret kan inte gälla den dagen längre" in words(browser.post(address, sent))
    browser.post(address, sent | {"refers_on": "2024-09-30"})
    assert answers(belysning) == [(TODAY, None)]
