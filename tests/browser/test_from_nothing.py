"""A real installation begins without the demo: two commands, and then the coordinator writes everything on the pages."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from parties.accounts.actions import add_user
from parties.directory.actions import add_party, get_or_add_kind
from parties.models import User
from parties.roles import Role
from priorities.models import Agreement, SituationalPicture
from tests.browser.support.steps import receipt, save

EMAIL = "samordnare@huddinge.example"
SOURCE = "Trygghetsvandringar"


@pytest.fixture
def installed(transactional_db, monkeypatch) -> None:
    """The first administrator and an empty agreement by command; parties and the coordinator's account as in the admin."""
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "ett lösenord som duger")
    call_command(
        "createsuperuser",
        interactive=False,
        email="forvaltare@huddinge.example",
        display_name="Systemförvaltare",
        stdout=StringIO(),
    )
    period = ["--title=Samverkansöverenskommelse 2025–2026", "--starts=2025-01-01", "--ends=2026-12-31"]
    call_command("agreement", "2025-2026", *period, stdout=StringIO())
    admin = User.objects.get()
    kind = get_or_add_kind(by=admin, name="Kommun")
    for slug, name in (("kommunen", "Huddinge kommun"), ("polisen", "Polismyndigheten")):
        add_party(by=admin, slug=slug, name=name, short_name=name, kind=kind)
    add_user(by=admin, email=EMAIL, display_name="Samordnare trygghet", role=Role.COORDINATOR)


@pytest.mark.parametrize("js", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_an_agreement_is_written_and_adopted_from_nothing(js, installed, live_server, open_page):
    page = open_page("/2025-2026/overenskommelse/", EMAIL, js=js)
    page.get_by_role("link", name="Ändra").click()

    what_is_missing_is_told_with_the_way_to_it(page)
    the_parties_are_chosen(page)
    areas_are_written(page)
    a_place_is_added(page)
    the_lagesbild_is_written_and_adopted(page)
    a_need_is_written(page)
    the_agreement_is_adopted(page)
    the_decision_is_registered_later(page)

    agreement = Agreement.objects.get()
    assert agreement.status == Agreement.Status.ADOPTED
    assert [area.short_name for area in agreement.priority_areas.order_by("order")] == ["ANDTS", "Miljö"]
    need = agreement.needs.get()
    assert [place.name for place in need.places.all()] == ["Vårby"]
    assert [source.name for source in need.sources.all()] == [SOURCE]
    picture = SituationalPicture.objects.get()
    assert (picture.status, picture.adopted_on) == ("adopted", date(2024, 9, 30))


def step(page: Page, name: str) -> None:
    expect(page).to_have_title("Skriv överenskommelsen – Samverkan")
    page.get_by_role("main").get_by_role("link", name=name, exact=True).click()


def what_is_missing_is_told_with_the_way_to_it(page: Page) -> None:
    page.get_by_role("link", name="Skriv överenskommelsens syften.").click()
    page.get_by_label("Syften").fill("Att öka tryggheten.")
    page.get_by_role("button", name="Spara", exact=True).click()
    page.get_by_role("link", name="Ange vilket ärende överenskommelsen hör till.").click()
    page.locator("summary", has_text="Skriv överenskommelsens eget ärende").click()
    page.get_by_label("Diarienummer").fill("KS-2024/77")
    page.get_by_label("Ärendets rubrik").fill("Samverkansöverenskommelse 2025–2026")
    page.get_by_label("Instans").fill("Kommunstyrelsen")
    page.get_by_role("button", name="Spara", exact=True).click()


def the_parties_are_chosen(page: Page) -> None:
    step(page, "Parter")
    page.get_by_label("Huddinge kommun").check()
    page.get_by_label("Polismyndigheten").check()
    save(page)
    expect(receipt(page)).to_contain_text("Parter: sparat.")


def areas_are_written(page: Page) -> None:
    step(page, "Prioriterade områden")
    save(page, "Spara och skriv fler")
    expect(page).to_have_title("Prioriterade områden – Samverkan")
    for place, (name, short) in enumerate([("Alkohol och narkotika", "ANDTS"), ("Offentlig miljö", "Miljö")]):
        row = page.locator("details").filter(has=page.locator("summary", has_text="Nytt område")).nth(place)
        if place:
            row.locator("summary").click()
        row.get_by_label("Namn", exact=True).fill(name)
        row.get_by_label("Kort namn").fill(short)
    page.get_by_role("button", name="Spara", exact=True).click()


def a_place_is_added(page: Page) -> None:
    step(page, "Geografiska områden")
    page.get_by_label("Ny plats").fill("Vårby")
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Vårby")


def the_lagesbild_is_written_and_adopted(page: Page) -> None:
    page.goto("/lagesbilder/ny/")
    page.get_by_label("År", exact=True).fill("2024")
    page.get_by_label("Rubrik", exact=True).fill("Lägesbild 2024")
    page.get_by_label("Kartläggning").fill("Så ser det ut i kommunen.")
    page.get_by_label("Analys").fill("Därför ser det ut så.")
    row = page.locator("details").filter(has=page.locator("summary", has_text="Lägg till en källa")).first
    row.locator("summary").click()
    row.get_by_label("Ny källa").fill(SOURCE)
    row.get_by_label("Slag").select_option(label="Observation")
    save(page, "Spara utkastet")

    expect(receipt(page)).to_contain_text("Lägesbild 2024 är sparad som utkast.")
    page.get_by_role("link", name="Fastställ").click()
    expect(page.get_by_role("main")).to_contain_text("Skriv annan information, eller att ingen finns.")
    page.get_by_role("link", name="Tillbaka till utkastet").click()
    page.get_by_label("Annan information").fill("Ingen.")
    save(page, "Spara utkastet")
    page.get_by_role("link", name="Fastställ").click()
    save(page, "Fastställ lägesbilden")
    expect(receipt(page)).to_contain_text("Lägesbild 2024 är fastställd.")


def a_need_is_written(page: Page) -> None:
    page.goto("/2025-2026/behov/ny/")
    save(page, "Spara behovet")
    expect(page).to_have_title("Fel: Nytt behov – Samverkan")
    page.get_by_role("link", name="Skriv vad problemet är.").click()
    page.get_by_label("Problem", exact=True).fill("Många undviker torget på kvällen.")
    page.get_by_label("Prioriterat område").select_option(label="Offentlig miljö")
    page.get_by_label("Vårby").check()
    page.get_by_label(SOURCE).check()
    save(page, "Spara behovet")
    expect(receipt(page)).to_contain_text("Behov 1 är sparat.")


def the_agreement_is_adopted(page: Page) -> None:
    page.goto("/2025-2026/redigera/")
    page.get_by_role("link", name="Gå vidare till att fastställa").click()
    expect(page.get_by_role("main")).to_contain_text("Huddinge kommun, Polismyndigheten")
    save(page, "Fastställ överenskommelsen")
    expect(receipt(page)).to_contain_text("Samverkansöverenskommelse 2025–2026 är fastställd.")


def the_decision_is_registered_later(page: Page) -> None:
    page.get_by_role("link", name="Registrera beslut").click()
    page.get_by_label("Beslutsdatum").fill("16/9 2024")
    page.get_by_label("Paragraf").fill("§ 112")
    save(page, "Spara beslutet")
    expect(page.get_by_role("main")).to_contain_text("16 september 2024")
