"""*Lägesbild*: its three parts, how it uses each source, and the needs that cite the source."""

from datetime import date

import pytest

from tests.factories import (
    AgreementFactory,
    NeedFactory,
    PictureAttachmentFactory,
    PictureFactory,
    PlaceFactory,
    SourceFactory,
    SourceUseFactory,
)
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

ADDRESS = "/lagesbilder/2021/"


@rows
def picture(agreement):
    """A draft with NTU Lokal, fetched on a known day, and Brottsstatistik, which has none."""
    picture = PictureFactory(mapping="Brotten sker på kvällen.", analysis="Stråken behöver ljus.")
    use = SourceUseFactory(
        picture=picture, retrieved_on=date(2022, 3, 1), limitations="Få svar från unga.", period="2019–2021"
    )
    use.places.add(PlaceFactory(slug="varby", name="Vårby"))
    SourceUseFactory(picture=picture, source=SourceFactory(name="Brottsstatistik"), period="")
    return picture


def adopt(picture, **fields) -> None:
    for name, value in fields.items():
        setattr(picture, name, value)
    picture.status = "adopted"
    picture.save()


@pytest.fixture
def look(client_for, lasare):
    def look(user=lasare, address=ADDRESS) -> str:
        return " ".join(client_for(user).get(address).content.decode().split())

    return look


def test_the_three_parts_and_who_took_part(picture, huge, look):
    picture.participants.add(huge)
    adopt(picture, adopted_on=date(2022, 6, 1))

    page = look()

    assert "Brotten sker på kvällen." in page
    assert "Stråken behöver ljus." in page
    assert page.count("Inget är skrivet.") == 1
    assert "Huge Bostäder AB" in page
    assert "Fastställd 1 juni 2022." in page


def test_what_is_not_known_is_said(picture, look):
    adopt(picture)

    page = look()

    assert "Dagen då den fastställdes framgår inte av underlaget." in page
    assert "Vilka som deltog framgår inte av underlaget." in page


def test_what_was_written_here_is_not_said_to_be_missing_from_a_source(picture, samordnare, look):
    assert "Inga parter är angivna än." in look(samordnare)
    assert "framgår inte" not in look(samordnare)

    adopt(picture, adopted_on=date(2022, 6, 1))

    assert "Inga parter är angivna." in look()
    assert "framgår inte" not in look()


def test_each_source_with_its_use_and_a_flag_where_the_day_is_missing(picture, look):
    adopt(picture)

    page = look()

    assert "1 av 2 saknar hämtningsdag" in page
    assert page.count("Hämtningsdag saknas") == 1
    assert "Hämtad 1 mars 2022" in page
    for words in ("2019–2021", "Vårby", "Få svar från unga."):
        assert words in page


def test_needs_that_rest_on_the_sources_each_once(picture, look):
    source = SourceFactory()
    need, other = NeedFactory(problem="Mörka stråk"), NeedFactory(problem="Annat")
    need.sources.set([source, SourceFactory(name="Brottsstatistik")])
    other.sources.add(SourceFactory(name="Medarbetardialoger"))
    adopt(picture)

    page = look()

    assert page.count(">Mörka stråk</a>") == 1
    assert page.count('href="/2023-2024/behov/1/"') == 3
    assert "/2023-2024/behov/2/" not in page


def test_a_need_of_a_draft_agreement_shows_to_those_who_write_it_only(picture, samordnare, look):
    draft = AgreementFactory(next_period=True, draft=True)
    NeedFactory(agreement=draft, problem="Nytt behov").sources.add(SourceFactory())
    adopt(picture)

    assert "Nytt behov" in look(samordnare)
    assert "/2025-2026/behov/" not in look()


def test_drafts_are_listed_for_coordinators_only(picture, samordnare, look):
    adopt(picture)
    PictureFactory(year=2024, title="Lägesbild 2024")

    assert "/lagesbilder/2024/" in look(samordnare, "/lagesbilder/")
    assert "2 källor, 1 utan hämtningsdag" in look(samordnare, "/lagesbilder/")
    assert "/lagesbilder/2024/" not in look(address="/lagesbilder/")
    assert "/lagesbilder/2021/" in look(address="/lagesbilder/")


def test_only_a_draft_can_be_changed(picture, samordnare, look):
    assert "/lagesbilder/2021/redigera/" in look(samordnare)
    assert "/lagesbilder/2021/faststall/" in look(samordnare)

    adopt(picture)

    assert "/lagesbilder/2021/redigera/" not in look(samordnare)


def test_without_any_the_list_says_what_will_stand_there(agreement, look):
    assert "Ingen lägesbild än" in look(address="/lagesbilder/")


def test_an_attachment_without_a_file_says_so(picture, look):
    PictureAttachmentFactory(picture=picture, number=2, title="Lägesbild 2021")
    adopt(picture)

    assert "Bilaga 2. Lägesbild 2021" in look()
    assert "Filen finns inte i Samverkan." in look()


@pytest.mark.parametrize("year", ["0", "99999", "999999999999999999999999"])
def test_a_year_that_no_lagesbild_has_is_not_found(year, picture, client_for, samordnare):
    assert client_for(samordnare).get(f"/lagesbilder/{year}/").status_code == 404
