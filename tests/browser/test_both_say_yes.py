"""Both say yes: a plan goes to the other side, comes back with a reason, is changed and agreed, each led by their mail."""

import re

import pytest
from django.core import mail
from playwright.sync_api import Page, expect

from tests.browser.support.fit import axe_faults, too_wide
from tests.browser.support.steps import COORDINATOR, HUGE, faults, receipt, save
from tests.factories import ActivityFactory, MilestoneFactory

POLICE = "polisen@example.com"
TITLE = "Grannar som bryr sig, i hela beståndet"
REASON = "Skriv vad polisen gör i trapphusen."
LONG = "Trygghetssamverkansöverenskommelseuppföljning" * 6
DONE = "Vi har besökt tolv trapphus tillsammans med bovärdarna."


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_propose_return_change_propose_agree_and_contribute(js, demo, open_page):
    party, coordinator = (
        open_page("/mitt-arbete/", HUGE, js=js),
        open_page("/mitt-arbete/", COORDINATOR, js=js),
    )

    the_party_makes_a_draft_of_an_earlier_one(party)
    propose(party, "samordnaren")
    address = mailed(COORDINATOR, "Huge föreslår en aktivitet")
    coordinator.goto(address)
    the_coordinator_returns_it(coordinator)

    party.goto(mailed(HUGE, "Ett förslag har kommit tillbaka"))
    expect(panel(party)).to_contain_text(REASON)
    the_party_changes_it(party)
    propose(party, "samordnaren")
    the_coordinator_agrees(coordinator)

    party.goto(mailed(HUGE, "Aktiviteten är beslutad"))
    expect(panel(party)).to_have_count(0)
    the_changes_are_readable(party)
    the_police_confirm_and_tell(open_page("/mitt-arbete/", POLICE, js=js, size="phone"))


def test_a_proposal_that_has_changed_while_it_was_read_is_not_agreed_unseen(demo, open_page):
    party, coordinator = open_page("/mitt-arbete/", HUGE), open_page("/mitt-arbete/", COORDINATOR)
    the_party_makes_a_draft_of_an_earlier_one(party)
    propose(party, "samordnaren")
    coordinator.goto(mailed(COORDINATOR, "Huge föreslår en aktivitet"))

    save(party, "Ta tillbaka förslaget")
    expect(receipt(party)).to_contain_text("Det är ett utkast igen")
    the_party_changes_it(party)
    propose(party, "samordnaren")
    save(coordinator, "Godkänn")

    expect(faults(coordinator)).to_contain_text("ändrade beredningen till föreslagen")
    expect(panel(coordinator)).to_contain_text("Förslaget väntar på ditt svar")
    save(coordinator, "Godkänn")
    expect(receipt(coordinator)).to_contain_text("Aktiviteten är beslutad")


def test_every_stage_can_be_read_on_any_screen(
    live_server, agreement, huge, huge_rep, samordnare, polisen, polis_rep, open_page
):
    stages = {
        "draft": {"draft": True},
        "ours": {"proposed": True},
        "theirs": {"waits_for_lead": True},
        "returned": {"returned": True, "return_reason": LONG},
        "agreed": {"milestones": ["Upphandling", LONG[:200]]},
    }
    made = {
        name: ActivityFactory(title=f"I läget {name}", contributors=[polisen], **traits)
        for name, traits in stages.items()
    }
    MilestoneFactory(activity=made["agreed"], title="Klart", done_on=made["agreed"].starts_on)
    ActivityFactory(title="Ersätter", draft=True, replaces=made["agreed"], replace_reason=LONG)
    pages = [each.get_absolute_url() for each in made.values()]
    part, agreed = f"{made['agreed'].get_absolute_url()}medverkan/polisen/", made["agreed"].get_absolute_url()
    found = {}
    for email, addresses in {
        COORDINATOR: [
            *pages,
            f"{made['ours'].get_absolute_url()}aterlamna/",
            f"{agreed}delmal/",
            f"{agreed}historik/",
        ],
        HUGE: ["/mitt-arbete/", *pages],
        POLICE: ["/mitt-arbete/", part, agreed],
    }.items():
        page = open_page("/konto/", email)
        for address in addresses:
            page.goto(address)
            found |= {f"{email} {address}": faults for faults in (axe_faults(page), too_wide(page)) if faults}

    assert found == {}


def panel(page: Page):
    return page.locator("section.preparation")


def mailed(to: str, subject: str) -> str:
    """The address in the newest mail to the person, which has that subject."""
    newest = [message for message in mail.outbox if message.to == [to]][-1]
    assert newest.subject == subject
    return re.search(r"https?://[^/\s]+(/\S+)", newest.body)[1]


def propose(page: Page, side: str) -> None:
    save(page, f"Skicka till {side}")
    expect(receipt(page)).to_contain_text(f"Förslaget är skickat till {side}")


def the_party_makes_a_draft_of_an_earlier_one(page: Page) -> None:
    page.get_by_role("link", name="Grannar som bryr sig").click()
    page.get_by_role("link", name="Kopiera").click()
    page.get_by_label("Namn", exact=True).fill(TITLE)
    page.get_by_role("group", name="Medverkande parter").get_by_label("Polis").check()
    save(page, "Spara utkast")
    expect(panel(page)).to_contain_text("Bara Huge, medverkande parter och samordnaren ser det.")


def the_coordinator_returns_it(page: Page) -> None:
    expect(panel(page)).to_contain_text("Förslaget väntar på ditt svar")
    page.get_by_role("link", name="Föreslå ändring").click()
    save(page, "Lämna tillbaka förslaget")
    expect(faults(page)).to_contain_text("Skriv vad som behöver ändras.")
    page.get_by_label("Vad behöver ändras?").fill(REASON)
    save(page, "Lämna tillbaka förslaget")
    expect(receipt(page)).to_contain_text("Förslaget är återlämnat")


def the_party_changes_it(page: Page) -> None:
    page.get_by_role("link", name="Ändra utkastet").click()
    page.get_by_label("Slut", exact=True).fill("2024-11-30")
    save(page, "Spara utkast")
    expect(receipt(page)).to_contain_text("Ändringarna är sparade.")
    page.get_by_role("link", name=re.compile("(Lägg till|Ändra) delmål")).click()
    new = page.get_by_role("group", name="Nytt delmål").first
    new.get_by_label("Delmål").fill("Tolv trapphus besökta")
    new.get_by_label("Klart senast").fill("15 oktober 2024")
    save(page, "Spara delmål")
    expect(page.locator("ul.milestones")).to_contain_text("Tolv trapphus besökta")


def the_coordinator_agrees(page: Page) -> None:
    page.goto("/mitt-arbete/")
    page.get_by_role("link", name=f"Ta ställning till {TITLE}").click()
    save(page, "Godkänn")
    expect(receipt(page)).to_contain_text("Aktiviteten är beslutad: både Huge och samordnaren har sagt ja.")


def the_changes_are_readable(page: Page) -> None:
    page.get_by_role("link", name="Ändringar i planen").click()
    newest = page.locator("ol.changes > li")
    expect(newest.first).to_contain_text("Beslutad")
    expect(page.locator("ol.changes")).to_contain_text("30 november 2024")
    expect(page.locator("ol.changes")).to_contain_text(REASON)


def the_police_confirm_and_tell(page: Page) -> None:
    page.get_by_role("link", name=f"Ta ställning till medverkan i {TITLE}").click()
    page.get_by_label("Vad gör ni i aktiviteten?").fill("Besöker trapphusen.")
    save(page, "Bekräfta vår medverkan")
    expect(receipt(page)).to_contain_text("Er medverkan är bekräftad.")

    page.get_by_role("link", name="Berätta vad ni har gjort").click()
    page.get_by_label("Vad har ni gjort?").fill(DONE)
    save(page, "Spara i loggen")
    expect(receipt(page)).to_contain_text("sparat i loggen")
    expect(page.locator("ol.log > li").first).to_contain_text(DONE)
    save(page, "Ångra")
    expect(page.locator("ol.log > li").first).to_contain_text("Räknas inte.")
