"""A round from its first day to its last: planned, told of by mail, answered, asked about, corrected and closed.

The mail is read from a real mail server on loopback.
"""

import re
from datetime import date

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from activities.models import FollowUp, Mail, Round
from tests.browser.support import flow
from tests.browser.support.fit import SIZES
from tests.browser.support.steps import (
    COORDINATOR,
    HUGE,
    choose,
    follow_ups_of,
    happened,
    receipt,
    save,
    unchanged,
)
from tests.factories import ActivityFactory, FollowUpFactory, RoundFactory
from tests.support.smtp import Mailbox, mail_server

ROUNDS = "/2023-2024/omgangar/"
QUESTION = "Hur många trapphus är klara?"


@pytest.fixture
def box(settings, live_server):
    """Where the product's mail comes: its links lead to the server of this test."""
    with mail_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        settings.SITE_URL = live_server.url
        yield box


@pytest.fixture
def two(live_server, agreement, huge_rep, samordnare, polis_rep):
    """Two of Huge's activities followed up in the spring, and one that is not due."""
    made = [ActivityFactory(title=title, reporters=[huge_rep]) for title in ("Ljusa stråk", "Rena gårdar")]
    for activity in made:
        FollowUpFactory(activity=activity, author=huge_rep, refers_on=date(2024, 3, 31))
    ActivityFactory(title="Inte än", starts_on=date(2024, 12, 1))
    return made


def newest_mail(box: Mailbox, page: Page, to: str, count: int):
    """The last of the mails to the address, once there are that many."""
    for _ in range(200):
        mine = [message for address, message in box.mails if address == to]
        if len(mine) >= count:
            break
        page.wait_for_timeout(50)
    assert len(mine) == count
    return mine[-1]


def part(message, kind: str) -> str:
    return message.get_body(preferencelist=(kind,)).get_content()


@pytest.mark.parametrize("size", SIZES)
def test_the_pencil_stands_apart_from_its_link(size, two, open_page):
    page = open_page(RoundFactory().get_absolute_url(), COORDINATOR, size=size)

    line = page.locator(".round-links")
    pencil, link = line.locator(".icon").bounding_box(), line.get_by_role("link").bounding_box()
    assert link["x"] - pencil["x"] - pencil["width"] >= 6


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_the_first_day_to_the_last(js, two, box, open_page, settings):
    desk = open_page(ROUNDS, COORDINATOR, js=js)
    the_coordinator_plans_it(desk)
    call_command("remind")
    call_command("remind")
    assert box.to == [HUGE]

    party = open_page("/", js=js)
    told = newest_mail(box, party, HUGE, 1)
    assert told["Subject"] == "2 aktiviteter att uppdatera senast 14 oktober"
    assert "Ljusa stråk" in part(told, "plain") and "Inte än" not in part(told, "plain")  # noqa: PT018 -- one mail, one answer
    the_party_comes_from_the_mail(party, box, part(told, "plain"))
    the_party_reports_both(party)

    the_coordinator_asks_back(desk)
    call_command("remind")
    assert box.to.count(HUGE) == 2, "the reminder and the code: one reminder a day"
    settings.SAMVERKAN_TODAY = date(2024, 10, 1)
    call_command("remind")
    asked = newest_mail(box, party, HUGE, 3)
    assert QUESTION in part(asked, "plain")
    party.goto(re.search(r"https?://\S+", part(asked, "plain"))[0])
    the_party_corrects(party)

    the_coordinator_closes_it(desk)
    call_command("remind")
    assert box.to.count(HUGE) == 3
    assert not Mail.objects.exclude(fault="").exists()


def the_coordinator_plans_it(page: Page) -> None:
    page.get_by_role("link", name="Ny omgång").first.click()
    page.get_by_label("Namn").fill("Delår per 30 september 2024")
    page.get_by_label("Läget per").fill("30 september 2024")
    page.get_by_label("Öppnar").fill("30/9 2024")
    page.get_by_label("Sista dag").fill("2024-10-14")
    save(page, "Planera omgången")
    expect(receipt(page)).to_be_visible()
    page.goto(f"{ROUNDS}2024-09-30/")
    expect(page.get_by_role("main")).to_contain_text("Ingen av 2 aktiviteter är uppföljd.")


def the_party_comes_from_the_mail(page: Page, box: Mailbox, text: str) -> None:
    """The link signs nobody in: a code does, from the same mailbox, and then it is the right page."""
    page.goto(re.search(r"https?://\S+", text)[0])
    expect(page).to_have_title("Logga in – Samverkan")
    page.get_by_label("E-postadress").fill(HUGE)
    page.get_by_role("button", name="Skicka kod").click()
    code = part(newest_mail(box, page, HUGE, 2), "plain")
    page.get_by_label("Kod, sex siffror").fill(re.search(r"^([0-9]{6})\s*$", code, re.MULTILINE)[1])
    page.get_by_role("button", name="Logga in").click()
    expect(page).to_have_title("Mitt arbete – Samverkan")
    expect(page.get_by_role("heading", level=1)).to_contain_text("2 aktiviteter väntar på dig")


def the_party_reports_both(page: Page) -> None:
    choose(page, "Risk för avvikelse")
    happened(page).fill("Leveransen dröjer.")
    save(page, "Spara och gå till nästa")
    expect(receipt(page)).to_contain_text("1 aktivitet kvar")
    unchanged(page)
    expect(receipt(page)).to_contain_text("Allt är uppdaterat")


def the_coordinator_asks_back(page: Page) -> None:
    page.goto(f"{ROUNDS}2024-09-30/")
    expect(page.get_by_role("main")).to_contain_text("Alla 2 aktiviteter är uppföljda.")
    follow_up = page.get_by_role("article").filter(has_text="Leveransen dröjer.")
    follow_up.get_by_text("Fråga om den här uppföljningen").click()
    follow_up.get_by_label("Vad undrar du över?").fill(QUESTION)
    follow_up.get_by_role("button", name="Lämna tillbaka med frågan").click()
    expect(receipt(page)).to_be_visible()


def the_party_corrects(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 aktivitet väntar på dig")
    expect(page.get_by_role("main")).to_contain_text(QUESTION)
    expect(happened(page)).to_have_value("Leveransen dröjer.")
    happened(page).fill("Leveransen dröjer. Åtta av tolv trapphus är klara.")
    save(page, "Spara rättelsen")
    expect(receipt(page)).to_be_visible()
    page.get_by_role("link", name="Ljusa stråk").first.click()
    expect(follow_ups_of(page).first).to_contain_text("Åtta av tolv trapphus är klara.")


def the_coordinator_closes_it(page: Page) -> None:
    page.goto(f"{ROUNDS}2024-09-30/")
    page.get_by_role("link", name="Stäng omgången").first.click()
    save(page, "Stäng omgången")
    expect(receipt(page)).to_be_visible()
    round = Round.objects.get()
    assert (round.closed_on, round.closed_by.email) == (date(2024, 10, 1), COORDINATOR)
    standing = FollowUp.objects.states().filter(round=round)
    assert sorted(standing.values_list("assessment", flat=True)) == ["at_risk", "on_track"]
    assert set(standing.values_list("refers_on", flat=True)) == {date(2024, 9, 30)}


@pytest.mark.parametrize(
    ("updates", "most"),
    [(flow.two_updates_with_news, 7), (flow.two_without_news, 3)],
    ids=["news", "no news"],
)
def test_from_the_reminder_to_two_updates_takes_few_clicks(updates, most, two, box, open_page):
    RoundFactory()
    call_command("remind")
    page = open_page("/konto/", HUGE)

    clicks = updates(page, part(newest_mail(box, page, HUGE, 1), "html"))

    assert clicks == most
    assert FollowUp.objects.filter(round__isnull=False).count() == 2
