"""What people do again and again."""

from playwright.sync_api import Locator, Page, expect

from samverkan.demo import PASSWORD

PATIENCE = 15_000  # milliseconds: the machine is shared
expect.set_options(timeout=PATIENCE)

HUGE, COORDINATOR, OFFICIAL = "huge@example.com", "samordnare@example.com", "handlaggare@example.com"


def sign_in(page: Page, email: str) -> None:
    page.goto("/")
    fill_in(page, email)


def fill_in(page: Page, email: str, password: str = PASSWORD) -> None:
    expect(page).to_have_title("Logga in – Samverkan")
    page.get_by_label("E-postadress").fill(email)
    page.get_by_label("Lösenord").fill(password)
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("navigation", name="Huvudmeny")).to_be_visible()


def sign_out(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).click()
    page.get_by_role("button", name="Logga ut").click()
    expect(page).to_have_title("Logga in – Samverkan")


def choose(page: Page, state: str) -> None:
    """Clicks the card of *Hur går det?* as a person does; it covers its radio button."""
    page.get_by_role("group", name="Hur går det?").locator("label").filter(has_text=state).click()
    expect(chosen(page, state)).to_be_checked()


def chosen(page: Page, state: str) -> Locator:
    return page.get_by_role("radio", name=state)


def happened(page: Page) -> Locator:
    return page.get_by_label("Vad har hänt")


def needed(page: Page) -> Locator:
    return page.get_by_label("Vad behövs för att komma vidare?")


def deciders(page: Page) -> Locator:
    return page.get_by_role("group", name="Vem behöver besluta?")


def attainments(page: Page) -> Locator:
    return page.get_by_role("group", name="Nåddes målet?")


def save(page: Page, label: str = "Spara") -> None:
    page.get_by_role("button", name=label).click()


def unchanged(page: Page) -> None:
    page.get_by_role("button", name="Inget nytt, läget är oförändrat").click()


def receipt(page: Page) -> Locator:
    return page.locator(".receipt[role=status]")


def faults(page: Page) -> Locator:
    """The summary at the top, whose links lead to the fields."""
    return page.locator(".error-summary").filter(has=page.get_by_role("alert"))


def follow_ups_of(page: Page) -> Locator:
    """The activity's follow-ups: the one that stands by itself under the goal, and those in its log, newest first."""
    return page.locator(".latest > div, ol.log > li")
