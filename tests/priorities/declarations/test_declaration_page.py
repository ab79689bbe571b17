"""*Avsiktsförklaringen*: its parties, since when and why, and its matter as the document has it."""

from datetime import date

import pytest

from tests.factories import (
    AgreementFactory,
    DeclarationAttachmentFactory,
    DeclarationFactory,
    MatterPointFactory,
    SignatoryFactory,
)
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

ADDRESS = "/2023-2024/avsiktsforklaring/"


@rows
def declaration(agreement):
    return agreement.declaration


@pytest.fixture
def look(declaration, lasare, client_for):
    return lambda: " ".join(client_for(lasare).get(ADDRESS).content.decode().split())


def test_the_parties_since_when_and_why(declaration, huge, look):
    huge.since_year = 2023
    huge.save()
    SignatoryFactory(
        declaration=declaration,
        party=huge,
        reason="Parten bedöms vara viktig.",
        signed_on=date(2022, 11, 1),
        title="Verkställande direktör",
        case_number="HB-2022/7",
    )

    page = look()

    assert "Part sedan 2023." in page
    assert "Parten bedöms vara viktig." in page
    assert "Undertecknad 1 november 2022 av Verkställande direktör" in page
    assert "Partens diarienummer: HB-2022/7" in page


def test_a_signature_that_nobody_has_written_down_is_not_called_unsigned(declaration, huge, look):
    SignatoryFactory(declaration=declaration, party=huge)

    page = look()

    assert "Uppgift om underskrift saknas" in page
    assert "Partens diarienummer" not in page


def test_points_without_a_decision_are_a_proposal(declaration, look):
    MatterPointFactory(matter=declaration.matter, number=1, text="Avsiktsförklaringen godkänns.")
    MatterPointFactory(
        matter=declaration.matter, number=3, text="Ett uppdrag ges.", assignee="Kommundirektören"
    )

    page = look()

    assert "Förslag till beslut</h2>" in page
    assert "Underlaget är förslaget till kommunstyrelsen. Beslutet framgår inte." in page
    assert "Uppdrag till: Kommundirektören" in page
    assert page.index("1.</span>") < page.index("3.</span>")

    declaration.matter.decided_on = date(2022, 10, 5)
    declaration.matter.save()

    page = look()

    assert "Beslutspunkter</h2>" in page
    assert "Förslag till beslut" not in page


def test_predecessors_in_the_words_of_the_source_or_by_their_title(declaration, look):
    declaration.predecessors_in_words = "Sedan 2016 har det funnits avsiktsförklaringar."
    declaration.predecessor = DeclarationFactory(
        title="Avsiktsförklaring 2019–2022", valid_from=date(2019, 1, 1), valid_to=date(2022, 12, 31)
    )
    declaration.save()

    page = look()

    assert "Sedan 2016 har det funnits avsiktsförklaringar." in page
    assert "Föregås av Avsiktsförklaring 2019–2022." in page


def test_the_agreements_under_it_are_those_that_the_reader_may_know_of(
    declaration, samordnare, client_for, look
):
    AgreementFactory(next_period=True, draft=True, declaration=declaration)

    assert "2025–2026" not in look()
    assert "2025–2026" in client_for(samordnare).get(ADDRESS).content.decode()


def test_attachments_by_number(declaration, look):
    DeclarationAttachmentFactory(declaration=declaration, number=1, title="Avsiktsförklaring 2023–2026")

    assert "Bilaga 1. Avsiktsförklaring 2023–2026" in look()


def test_a_declaration_without_a_matter_says_so(declaration, look):
    declaration.matter = None
    declaration.save()

    page = look()

    assert "Inget ärende är registrerat." in page
    assert "Inget syfte är skrivet." in page
    assert "Inga parter är registrerade." in page
