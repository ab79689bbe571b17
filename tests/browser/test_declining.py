"""A contributor who declines: asked, told what it is about, says no with a reason, is asked again and says yes."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.support.fit import axe_faults, too_wide
from tests.browser.support.steps import COORDINATOR, HUGE, faults, receipt, save
from tests.factories import ActivityFactory, ContributionFactory

POLICE = "polisen@example.com"
WHY = "Vi har inga patruller där i höst."


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_contributor_declines_and_is_asked_again(
    js, agreement, polisen, polis_rep, huge_rep, samordnare, open_page
):
    activity = ActivityFactory(title="Trygga stråk", purpose="Fler ska våga gå hem.")
    ContributionFactory(activity=activity, party=polisen)
    police = open_page("/mitt-arbete/", POLICE, js=js, size="phone")

    expect(police.get_by_role("heading", level=1)).to_have_text("1 fråga om medverkan väntar på svar")
    police.get_by_role("link", name="Ta ställning till medverkan i Trygga stråk").click()
    expect(police.get_by_text("Fler ska våga gå hem.")).to_be_visible()
    expect(police.get_by_text(activity.goal)).to_be_visible()
    decline(police, "")
    expect(faults(police)).to_contain_text("Skriv varför ni tackar nej.")
    if js:
        assert (axe_faults(police), too_wide(police)) == ([], {})
    police.get_by_label("Varför kan ni inte medverka?").fill(WHY)
    save(police, "Tacka nej")
    expect(receipt(police)).to_contain_text("Ni har tackat nej.")

    for person in (HUGE, COORDINATOR):
        page = open_page(activity.get_absolute_url(), person, js=js)
        expect(page.get_by_text(f"Skäl: {WHY}")).to_be_visible()
    page.get_by_role("link", name="Fråga Polisen igen").click()
    save(page, "Fråga Polisen igen")
    expect(receipt(page)).to_contain_text("Polisen är tillfrågad igen")

    police.goto(police.url.split("/2023-2024")[0] + "/mitt-arbete/")
    police.get_by_role("link", name="Ta ställning till medverkan i Trygga stråk").click()
    police.get_by_label("Vad gör ni i aktiviteten?").fill("Patrullerar stråket.")
    save(police, "Bekräfta vår medverkan")
    expect(receipt(police)).to_contain_text("Er medverkan är bekräftad.")


def decline(page: Page, reason: str) -> None:
    page.get_by_text("Vi kan inte medverka").click()
    page.get_by_label("Varför kan ni inte medverka?").fill(reason)
    save(page, "Tacka nej")
