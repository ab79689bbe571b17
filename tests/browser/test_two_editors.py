"""Two who change the same plan at once: both texts stand side by side, on a desk and on a phone, with scripts and without."""

import pytest
from playwright.sync_api import Page, expect

from activities.models import Activity
from priorities.models import Need
from tests.browser.support.fit import SIZES, axe_faults, too_wide
from tests.browser.support.steps import COORDINATOR, faults, receipt, save
from tests.factories import ActivityFactory, MilestoneFactory, NeedFactory, UserFactory

OTHER = "sakerhet@example.com"
SEEN, THEIRS, MINE = (
    "Lyktorna längs stråket lyser.",
    "Lyktorna längs stråket och vid stationen lyser.",
    "Alla lyktor längs stråket lyser.",
)


@pytest.fixture
def activity(live_server, agreement, huge_rep, samordnare):
    UserFactory(coordinator=True, email=OTHER, display_name="Anna", title="Säkerhetschef")
    return ActivityFactory(goal=SEEN, needs=[NeedFactory(problem=SEEN)])


def box(page: Page, label: str):
    return page.get_by_label(label, exact=True)


def places_of(page: Page) -> tuple[dict, dict]:
    both = page.locator(".side-by-side")
    return both.locator(".theirs").bounding_box(), both.locator(".yours").bounding_box()


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("size", SIZES)
def test_both_texts_of_a_plan_stand_side_by_side_ready_to_save(js, size, activity, open_page):
    address = f"{activity.get_absolute_url()}redigera/"
    mine, theirs = open_page(address, COORDINATOR, js=js, size=size), open_page(address, OTHER, js=js)
    box(theirs, "Mätbart mål").fill(THEIRS)
    box(theirs, "Slut").fill("2024-11-30")
    save(theirs, "Spara ändringar")
    expect(receipt(theirs)).to_be_visible()
    box(mine, "Mätbart mål").fill(MINE)
    save(mine, "Spara ändringar")

    expect(faults(mine)).to_contain_text("Säkerhetschef ändrade")
    expect(mine.locator(".side-by-side")).to_have_count(1)
    expect(mine.locator(".theirs")).to_contain_text("Sparat nu Säkerhetschef, ")
    assert mine.locator(".theirs ins").all_text_contents() == [
        "bara sparat: Lyktorna slut ",
        "bara sparat: och vid stationen slut ",
    ]
    expect(box(mine, "Mätbart mål")).to_have_value(MINE)
    expect(box(mine, "Slut")).to_have_value("30 november 2024")
    left, right = places_of(mine)
    if size == "desk":
        assert left["x"] + left["width"] <= right["x"]
    else:
        assert left["y"] + left["height"] <= right["y"]
    assert too_wide(mine) == {}
    if js:
        assert axe_faults(mine) == []

    save(mine, "Spara ändringar")
    expect(receipt(mine)).to_be_visible()
    saved = Activity.objects.get()
    assert (saved.goal, saved.ends_on.isoformat()) == (MINE, "2024-11-30")


def test_a_date_that_two_have_changed_takes_the_whole_row(activity, open_page):
    address = f"{activity.get_absolute_url()}redigera/"
    mine, theirs = open_page(address, COORDINATOR), open_page(address, OTHER)
    box(theirs, "Slut").fill("2024-11-30")
    save(theirs, "Spara ändringar")
    expect(receipt(theirs)).to_be_visible()
    box(mine, "Slut").fill("2024-10-31")
    save(mine, "Spara ändringar")

    both = mine.locator(".side-by-side")
    expect(both).to_have_count(1)
    row = mine.locator(".pair").filter(has=both)
    assert both.bounding_box()["width"] == pytest.approx(row.bounding_box()["width"])


def test_so_does_a_date_of_a_milestone(activity, open_page):
    MilestoneFactory(activity=activity)
    address = f"{activity.get_absolute_url()}delmal/"
    mine, theirs = open_page(address, COORDINATOR), open_page(address, OTHER)
    for page, title, day in ((theirs, "Klart", "2024-11-30"), (mine, "Allt klart", "2024-10-31")):
        box(page, "Delmål").first.fill(title)
        box(page, "Klart senast").first.fill(day)
        save(page, "Spara delmål")
    expect(receipt(theirs)).to_be_visible()

    both = mine.locator(".side-by-side")
    expect(both).to_have_count(2)
    row = mine.locator(".milestone-row").filter(has=both)
    for each in both.all():
        assert each.bounding_box()["width"] == pytest.approx(row.bounding_box()["width"])


def test_both_texts_of_a_need_stand_side_by_side_and_the_links_lead_there(activity, open_page):
    address = "/2023-2024/behov/1/redigera/"
    mine, theirs = open_page(address, COORDINATOR), open_page(address, OTHER)
    for page, text in ((theirs, THEIRS), (mine, MINE)):
        box(page, "Problem").fill(text)
        save(page, "Spara behovet")
    expect(receipt(theirs)).to_be_visible()

    mine.locator(".meanwhile").get_by_role("link", name="Problem").click()
    expect(box(mine, "Problem")).to_be_focused()
    assert axe_faults(mine) == []
    save(mine, "Spara behovet")
    expect(receipt(mine)).to_be_visible()
    assert Need.objects.get().problem == MINE
