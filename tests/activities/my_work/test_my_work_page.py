"""*Mitt arbete*: what waits for the user, then for their party, with the first form open."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activities.models import Activity, FollowUp
from activities.planning.actions import return_activity
from tests.factories import ActivityFactory, FollowUpFactory, QuestionFactory, RoundFactory, UserFactory
from tests.support.queries import beyond_the_visit
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

ADDRESS = "/mitt-arbete/"


@rows
def work(agreement, huge, polisen, huge_rep):
    """In the open round: one answered, one waiting of the user's own, one of their party, and Polisen's."""
    round = RoundFactory()
    colleague = UserFactory(representative=True, party=huge, email="kollega@example.com")
    made = {
        "partys": ActivityFactory(title="Kollegans", reporters=[colleague]),
        "mine": ActivityFactory(title="Min", reporters=[huge_rep]),
        "answered": ActivityFactory(title="Besvarad"),
        "done": ActivityFactory(title="Klar sedan länge"),
        "draft": ActivityFactory(title="Utkastet", draft=True),
        "later": ActivityFactory(title="Börjar i november", starts_on=date(2024, 11, 1)),
        "others": ActivityFactory(title="Polisens egen", lead=polisen),
        "contributed": ActivityFactory(title="Polisens med Huge", lead=polisen, contributors=[huge]),
    }
    made["contributed"].contributions.update(
        confirmed_on=date(2024, 1, 15)
    )  # or it would wait for an answer too
    FollowUpFactory(activity=made["mine"], at_risk=True, refers_on=date(2024, 3, 31))
    FollowUpFactory(activity=made["answered"], on_track=True, round=round)
    FollowUpFactory(activity=made["done"], done=True, refers_on=date(2024, 3, 31))
    return made


@pytest.fixture
def browser(client_for, huge_rep):
    return client_for(huge_rep)


def send(browser, opened, **fields):
    form = browser.get(f"{ADDRESS}?aktivitet={opened.pk}").context["form"]
    hidden = {name: form[name].value() for name in ("version", "newest_id", "round_id", "submission_key")}
    return browser.post(ADDRESS, {"aktivitet": opened.pk, "state": "on_track", **hidden, **fields})


def test_mine_comes_first_then_my_partys_and_each_activity_stands_in_one_list(work, browser):
    response = browser.get(ADDRESS)

    shown = response.context["work"]
    names = ("mine", "partys", "answered", "others")
    lists = {name: [activity.title for activity in getattr(shown, name)] for name in names}
    lists["contributions"] = [part.activity.title for part in shown.contributions]
    assert lists == {
        "mine": ["Min"],
        "partys": ["Kollegans"],
        "answered": ["Besvarad"],
        "others": ["Börjar i november", "Klar sedan länge"],
        "contributions": ["Polisens med Huge"],
    }
    page = response.content.decode()
    assert "1 aktivitet väntar på dig" in page
    assert "1 av 3 uppdaterade." in page
    assert "Polisens egen" not in page
    assert "Utkastet" not in page


def test_the_first_form_is_open_with_the_last_state_chosen(work, browser):
    response = browser.get(ADDRESS)

    assert response.context["opened"] == work["mine"]
    assert response.context["form"]["state"].value() == "at_risk"
    assert "Vad har hänt sedan 31 mars 2024?" in response.content.decode()


def test_saving_opens_the_next_and_counts_what_is_left(work, huge_rep, browser):
    also_mine = ActivityFactory(title="Min andra", reporters=[huge_rep])
    response = send(browser, work["mine"], what_happened="Nu går det bra.")

    page = browser.get(response["Location"])
    assert (
        "Uppföljningen är sparad. Den gäller läget den 31 augusti 2024. 1 aktivitet kvar."
        in page.content.decode()
    )
    assert f"/uppfoljningar/{FollowUp.objects.latest('pk').pk}/angra/" in page.content.decode()
    assert page.context["opened"] == also_mine

    last = send(browser, also_mine, what_happened="Och den här.")
    page = browser.get(last["Location"])
    assert (
        "Uppföljningen är sparad. Den gäller läget den 31 augusti 2024. Allt är uppdaterat. Tack!"
        in page.content.decode()
    )
    assert "Inget väntar på dig just nu</h1>" in page.content.decode()
    assert page.context["opened"] is None  # what waits for a colleague opens no form

    send(browser, work["partys"], what_happened="Jag vet hur det gick.")
    assert "Allt är uppdaterat för Huge</h1>" in browser.get(ADDRESS).content.decode()


def test_a_fault_keeps_the_form_open_with_the_text(work, browser):
    response = send(browser, work["partys"], state="off_track", what_happened="Det står still.")

    page = response.content.decode()
    assert response.context["opened"] == work["partys"]
    assert "Beskriv vad som behövs när läget är Avviker." in page
    assert "Det står still." in page
    assert FollowUp.objects.filter(activity=work["partys"]).count() == 0


def test_nothing_new_is_one_press(work, browser):
    response = send(browser, work["mine"], state="at_risk", unchanged="1")

    assert response.status_code == 302
    saved = FollowUp.objects.latest("pk")
    assert (saved.activity, saved.unchanged, saved.state.label) == (work["mine"], True, "Risk för avvikelse")


def test_nothing_new_twice_at_risk_asks_for_a_text(work, browser):
    FollowUpFactory(activity=work["mine"], assessment="at_risk", unchanged=True, refers_on=date(2024, 4, 30))

    response = send(browser, work["mine"], state="at_risk", unchanged="1")

    assert "Beskriv vad som har hänt sedan dess." in response.content.decode()
    assert FollowUp.objects.filter(activity=work["mine"]).count() == 2


@pytest.mark.parametrize("other", ["others", "contributed", "draft"])
def test_another_partys_id_in_the_post_is_not_found_and_saves_nothing(other, work, browser):
    before = FollowUp.objects.count()

    assert browser.post(ADDRESS, {"aktivitet": work[other].pk, "state": "on_track"}).status_code == 404
    assert FollowUp.objects.count() == before


@pytest.mark.parametrize("asked_for", ["999999", "x", "", "9" * 40, "\x00"])
def test_an_unknown_activity_in_the_address_opens_none_or_the_first(asked_for, work, browser):
    assert browser.get(ADDRESS, {"aktivitet": asked_for}).status_code == 200


def test_between_rounds_nothing_waits_and_the_next_round_is_shown(agreement, browser):
    RoundFactory(closed=True)
    RoundFactory(planned=True)
    ActivityFactory(title="Tyst aktivitet")

    page = browser.get(ADDRESS).content.decode()

    assert "Inget att följa upp just nu" in page
    assert "Nästa uppföljning öppnar 1 januari 2025." in page


def test_the_menu_counts_what_waits(work, browser):
    page = browser.get("/2023-2024/aktiviteter/")

    counts = {item.label: item.count for item in page.context["menu"] if item.count is not None}
    assert counts == {"Mitt arbete": 1}


def test_the_coordinator_reports_for_their_own_party_only(work, samordnare, client_for, kommunen):
    ActivityFactory(title="Kommunens", lead=kommunen)

    shown = client_for(samordnare).get(ADDRESS).context["work"]

    assert [activity.title for activity in shown.tasks] == ["Kommunens"]


def test_the_coordinator_sees_who_else_is_silent(work, samordnare, client_for, browser):
    assert (
        "4 aktiviteter hos andra parter väntar på uppföljning"
        in client_for(samordnare).get(ADDRESS).content.decode()
    )
    assert "hos andra parter" not in browser.get(ADDRESS).content.decode()


def test_the_last_text_and_the_goal_stand_above_the_form(work, browser):
    page = browser.get(ADDRESS).content.decode()

    assert "Leveransen dröjer." in page
    assert "Alla lyktor längs stråket lyser." in page


def test_how_long_is_left_is_shown_in_days(agreement, browser, today):
    RoundFactory(due_on=today + timedelta(days=17))
    ActivityFactory()
    sentence = "0 av 1 uppdaterade. Delår per 31 augusti 2024: sista dagen är 17 oktober 2024, om 17 dagar."
    assert sentence in browser.get(ADDRESS).content.decode()


@pytest.mark.parametrize(
    ("days", "words"), [(0, "är i dag."), (1, "är i morgon."), (-17, "var 13 september 2024, men")]
)
def test_the_last_day_is_named(days, words, agreement, browser, today):
    RoundFactory(due_on=today + timedelta(days=days))
    ActivityFactory()
    assert f"sista dagen {words}" in browser.get(ADDRESS).content.decode()


def test_done_rows_show_the_day_and_the_state_as_text(work, browser):
    assert "Enligt plan, skrivet 31 augusti 2024" in browser.get(ADDRESS).content.decode()


@pytest.mark.parametrize(("trait", "waits"), [("returned", True), ("waits_for_lead", True), ("draft", False)])
def test_headline_and_menu_count_what_is_to_be_prepared_too(trait, waits, work, samordnare, browser, now):
    """A returned proposal waits for the side that made it."""
    activity = ActivityFactory(
        title="Förslaget", **({"proposed": True} if trait == "returned" else {trait: True})
    )
    if trait == "returned":
        reason = "Det saknas ett mål."
        return_activity(activity=activity, by=samordnare, at=now, version=activity.version, reason=reason)

    page = browser.get(ADDRESS)
    elsewhere = browser.get("/2023-2024/aktiviteter/")

    counted = 2 if waits else 1
    assert page.context["work"].headline == (
        "2 aktiviteter väntar på dig" if waits else "1 aktivitet väntar på dig"
    )
    for shown in (page, elsewhere):
        assert [item.count for item in shown.context["menu"] if item.label == "Mitt arbete"] == [counted]
    assert ("1 att följa upp och 1 förslag." in page.content.decode()) is waits
    assert ("Har kommit tillbaka" in page.content.decode()) is (trait == "returned")


def test_a_proposal_that_the_party_returned_waits_for_the_coordinator(
    agreement, huge_rep, samordnare, client_for, now
):
    activity = ActivityFactory(title="Förslaget", waits_for_lead=True)
    return_activity(activity=activity, by=huge_rep, at=now, version=activity.version, reason="För dyrt.")

    def proposals(user):
        return [each.title for each in client_for(user).get(ADDRESS).context["work"].proposals]

    assert [proposals(huge_rep), proposals(samordnare)] == [[], ["Förslaget"]]


def test_what_is_much_shows_in_part_and_opens_all_the_same(agreement, huge_rep, browser):
    round = RoundFactory()
    waiting = [ActivityFactory(title=f"Väntar {n:02}", reporters=[huge_rep]) for n in range(25)]
    for n in range(15):
        FollowUpFactory(activity=ActivityFactory(title=f"Klar {n:02}"), on_track=True, round=round)

    response = browser.get(ADDRESS)
    page = response.content.decode()
    assert "25 aktiviteter väntar på dig" in page
    assert [len(response.context["work"].tasks), len(response.context["work"].answered)] == [20, 10]
    assert "Och 5 till" in page
    assert "/2023-2024/aktiviteter/?part=huge" in page

    last = browser.get(f"{ADDRESS}?aktivitet={waiting[-1].pk}")
    assert last.context["opened"] == waiting[-1]
    send(browser, waiting[-1], what_happened="Nu går det bra.")
    assert FollowUp.objects.filter(activity=waiting[-1]).count() == 1


def test_a_party_that_has_left_is_not_offered_to_copy(agreement, huge, browser, today):
    activity = ActivityFactory()
    address = activity.get_absolute_url()
    assert "?kopiera=" in browser.get(address).content.decode()

    agreement.memberships.filter(party=huge).update(left_on=today - timedelta(days=1))
    assert "?kopiera=" not in browser.get(address).content.decode()
    assert browser.get(f"/2023-2024/aktiviteter/ny/?kopiera={activity.number}").status_code == 403


@pytest.mark.parametrize("address", [ADDRESS, "ratta", "fraga", "activity"])
def test_what_has_come_back_costs_the_same_whatever_there_is(
    address, agreement, huge_rep, samordnare, client_for
):
    round, costs = RoundFactory(), []
    person = samordnare if address == "fraga" else huge_rep
    for count in (1, 3, 30):
        while Activity.objects.count() < count:
            follow_up = FollowUpFactory(activity=ActivityFactory(), round=round)
            if address != "fraga":
                QuestionFactory(follow_up=follow_up, asked_by=samordnare)
        where = {
            ADDRESS: ADDRESS,
            "activity": follow_up.activity.get_absolute_url(),
            "ratta": f"/uppfoljningar/{follow_up.pk}/ratta/",
            "fraga": f"/uppfoljningar/{follow_up.pk}/fraga/",
        }[address]
        browser = client_for(person)
        with CaptureQueriesContext(connection) as captured:
            assert browser.get(where).status_code == 200
        costs.append(len(beyond_the_visit(captured)))

    assert len(set(costs)) == 1
    assert costs[0] <= 12
