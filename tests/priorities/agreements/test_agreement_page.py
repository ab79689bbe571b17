"""*Överenskommelsen*: what was agreed and decided, and what is not known."""

from datetime import date

import pytest

from priorities.models import Agreement
from tests.factories import (
    AgreementAttachmentFactory,
    AgreementFactory,
    FocusAreaFactory,
    MatterFactory,
    MatterPointFactory,
    MembershipFactory,
    PlaceFactory,
    PriorityAreaFactory,
)

pytestmark = pytest.mark.one_database

ADDRESS = "/2023-2024/overenskommelse/"


@pytest.fixture
def look(agreement, client_for):
    """Returns the text of the page, with one space between words."""

    def look(user, address=ADDRESS) -> str:
        return " ".join(client_for(user).get(address).content.decode().split())

    return look


def test_purposes_areas_and_places_lead_to_the_activities(agreement, lasare, look):
    PriorityAreaFactory(slug="andts", effect_goal="Färre unga röker.")
    FocusAreaFactory(place=PlaceFactory(slug="varby", name="Vårby"))

    page = look(lasare)

    assert "Parterna följer upp gemensamt." in page
    assert "Färre unga röker." in page
    assert '<a href="/2023-2024/aktiviteter/?omrade=andts">ANDTS</a>' in page
    assert '<a href="/2023-2024/aktiviteter/?plats=varby">Vårby</a>' in page


def test_what_is_not_known_is_said(agreement, lasare, look):
    page = look(lasare)

    assert "Inget beslutsdatum är registrerat än" in page
    assert "Daterat 4 september 2022" in page
    assert page.count("Uppgift om underskrift saknas") == 3
    assert "Inte undertecknad än" not in page
    assert "Inga bilagor är registrerade." in page


@pytest.mark.parametrize(
    ("signature", "words"),
    [
        (
            {"signed_on": date(2023, 5, 4), "title": "Verkställande direktör"},
            "Undertecknad 4 maj 2023 av Verkställande direktör",
        ),
        ({"signed_on": date(2023, 5, 4)}, "Undertecknad 4 maj 2023. Av vem framgår inte."),
        (
            {"title": "Verkställande direktör"},
            "Undertecknad av Verkställande direktör. Dagen framgår inte.",
        ),
    ],
)
def test_a_signature_says_what_is_known_of_it(signature, words, agreement, huge, lasare, look):
    membership = MembershipFactory(party=huge)
    for name, value in signature.items():
        setattr(membership, name, value)
    membership.save()

    page = look(lasare)

    assert words in page
    assert page.count("Uppgift om underskrift saknas") == 2


def test_a_draft_is_not_signed_yet_and_can_be_worked_on(huge, samordnare, look):
    AgreementFactory(next_period=True, draft=True, parties=[huge])

    page = look(samordnare, "/2025-2026/overenskommelse/")

    assert "Inte undertecknad än" in page
    assert "Uppgift om underskrift saknas" not in page
    assert 'href="/2025-2026/redigera/"' in page
    assert 'href="/2025-2026/faststall/"' in page


def test_an_adopted_agreement_is_only_signed_and_an_archived_one_only_read(
    agreement, samordnare, lasare, look
):
    assert "/2023-2024/underskrifter/" in look(samordnare)
    assert "/2023-2024/redigera/" not in look(samordnare)
    assert "/2023-2024/underskrifter/" not in look(lasare)

    Agreement.objects.update(status="archived")

    assert "/2023-2024/underskrifter/" not in look(samordnare)


def test_a_known_decision_is_told_with_its_section_and_words(agreement, lasare, look):
    matter = agreement.matter
    matter.decided_on, matter.section, matter.outcome = date(2022, 10, 5), "12 §", "Förslaget bifalls."
    matter.save()

    page = look(lasare)

    assert "5 oktober 2022" in page
    assert "Paragraf: 12 §" in page
    assert "Förslaget bifalls." in page
    assert "är registrerat än" not in page


def test_points_stand_with_the_declaration_unless_the_matter_is_the_agreements_own(agreement, lasare, look):
    MatterPointFactory(matter=agreement.matter, text="Avsiktsförklaringen godkänns.")

    page = look(lasare)

    assert "Avsiktsförklaringen godkänns." not in page
    assert 'href="/2023-2024/avsiktsforklaring/#punkter"' in page

    matter = MatterFactory(case_number="KS-2023/1", title="Överenskommelsen")
    AgreementFactory(next_period=True, matter=matter)
    MatterPointFactory(matter=matter, text="Överenskommelsen godkänns.", assignee="Kommundirektören")

    page = look(lasare, "/2025-2026/overenskommelse/")

    assert "Överenskommelsen godkänns." in page
    assert "Uppdrag till: Kommundirektören" in page
    assert "#punkter" not in page


def test_an_attachment_is_downloaded_only_when_its_file_is_here(agreement, lasare, look):
    AgreementAttachmentFactory(number=3, title="Samverkansöverenskommelse")

    page = look(lasare)

    assert "Bilaga 3. Samverkansöverenskommelse" in page
    assert "Filen finns inte i Samverkan." in page
    assert "/overenskommelse/bilagor/" not in page


def test_the_next_agreement_shows_to_those_who_may_know_of_it(agreement, samordnare, lasare, look):
    AgreementFactory(next_period=True, draft=True, predecessor=agreement)

    assert "Följs av" in look(samordnare)
    assert "Följer på" in look(samordnare, "/2025-2026/overenskommelse/")
    assert "Följs av" not in look(lasare)
    assert "2025" not in look(lasare)


def test_an_agreement_with_nothing_in_it_yet_is_a_page_all_the_same(db, samordnare, client_for):
    AgreementFactory(next_period=True, draft=True, matter=None, purposes="")

    page = client_for(samordnare).get("/2025-2026/overenskommelse/").content.decode()

    for words in ("Inga syften", "Inga områden", "Inga platser", "Inga parter", "Inget ärende"):
        assert words in page
