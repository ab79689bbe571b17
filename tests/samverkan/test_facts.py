"""The facts say what the decision document says, and nothing else: it is a proposal."""

from datetime import date

import pytest

from activities.models import Activity, Round
from parties.models import Declaration, Matter, Party, Signatory, Unit, User
from priorities.models import (
    Agreement,
    AgreementParty,
    FocusArea,
    Need,
    Place,
    PriorityArea,
    SituationalPicture,
    Source,
)
from samverkan import facts
from tests.support.stored import kept_for_the_module

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True, scope="module")
def loaded(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        assert facts.load() is True
        yield


# --- What stands -------------------------------------------------------------------------------------------
def test_six_parties_with_the_municipality_leading():
    assert list(Party.objects.by_name().values_list("name", "kind__name", "since_year", "leads")) == [
        ("Huddinge kommun", "Kommun", 2016, True),
        ("Huddinge samhällsfastigheter AB", "Kommunalt bolag", 2023, False),
        ("Huge Bostäder AB", "Kommunalt bolag", 2023, False),
        ("Kriminalvården", "Statlig myndighet", 2023, False),
        ("Polismyndigheten, polisområde Stockholm syd", "Statlig myndighet", 2016, False),
        ("Södertörns brandförsvarsförbund", "Kommunalförbund", 2016, False),
    ]


def test_all_six_sign_the_declaration_and_join_the_agreement():
    everybody = set(Party.objects.values_list("pk", flat=True))
    assert set(Signatory.objects.values_list("party", flat=True)) == everybody
    assert set(AgreementParty.objects.values_list("party", flat=True)) == everybody
    assert [Signatory.objects.count(), AgreementParty.objects.count()] == [6, 6]


def test_the_declaration_and_the_agreement_with_their_periods():
    declaration, agreement = Declaration.objects.get(), Agreement.objects.get()
    assert (declaration.title, declaration.valid_from, declaration.valid_to) == (
        "Avsiktsförklaring för ökad trygghet, 2023–2026",
        date(2023, 1, 1),
        date(2026, 12, 31),
    )
    assert (agreement.slug, agreement.title, agreement.period) == (
        "2023-2024",
        "Samverkansöverenskommelse 2023–2024",
        "2023–2024",
    )
    assert (agreement.starts_on, agreement.ends_on) == (date(2023, 1, 1), date(2024, 12, 31))
    assert (agreement.declaration, agreement.matter) == (declaration, declaration.matter)


def test_the_matter_with_its_three_points_and_the_assignment_to_the_municipal_director():
    matter = Matter.objects.get()
    assert (matter.case_number, matter.memo_on, matter.committee) == (
        "KS-2022/941.142",
        date(2022, 9, 4),
        "Kommunstyrelsen",
    )
    assert list(matter.points.values_list("number", "assignee")) == [
        (1, ""),
        (2, ""),
        (3, "Kommundirektören"),
    ]


def test_four_priority_areas_in_their_order():
    assert list(PriorityArea.objects.values_list("order", "name", "short_name")) == [
        (1, "Gängkriminalitet", "Gängkriminalitet"),
        (2, "Alkohol, narkotika, doping, tobak och spel (ANDTS)", "ANDTS"),
        (3, "Våld i nära relation", "Våld i nära relation"),
        (4, "Trygghet i offentlig miljö", "Offentlig miljö"),
    ]


def test_four_places_of_which_huddinge_centrum_is_no_district():
    assert list(FocusArea.objects.values_list("order", "place__name", "place__district")) == [
        (1, "Flemingsberg", "Flemingsberg"),
        (2, "Skogås", "Skogås"),
        (3, "Vårby", "Vårby"),
        (4, "Huddinge centrum", ""),
    ]
    assert Place.objects.count() == 4


def test_the_three_appendices():
    agreement, picture = Agreement.objects.get(), SituationalPicture.objects.get()
    appendices = [
        *agreement.declaration.attachments.all(),
        *picture.attachments.all(),
        *agreement.attachments.all(),
    ]
    assert [str(appendix) for appendix in appendices] == [
        "Bilaga 1. Avsiktsförklaring 2023–2026",
        "Bilaga 2. Lägesbild 2021",
        "Bilaga 3. Samverkansöverenskommelse 2023–2024",
    ]


def test_the_nine_sources_of_the_picture():
    assert sorted(SituationalPicture.objects.get(year=2021).uses.values_list("source__name", "period")) == [
        ("Befolkningsundersökningen", ""),
        ("Befolkningsundersökningen för unga", ""),
        ("Brottsstatistik", ""),
        ("Gemensamma trygghetsenkäter", ""),
        ("Medarbetardialoger", ""),
        ("Medborgarundersökningen", ""),
        ("NTU Lokal", ""),
        ("Statistik från Södertörns brandförsvarsförbund", ""),
        ("Trygghetsvandringar", "2021 och 2022"),
    ]


# --- What the document does not say ------------------------------------------------------------------------
def test_nothing_is_decided():
    matter = Matter.objects.get()
    assert (matter.decided_on, matter.section, matter.outcome) == (None, "", "")
    assert Agreement.objects.get().status == Agreement.Status.DRAFT


def test_nobody_has_signed():
    assert set(Signatory.objects.values_list("signed_on", "title", "case_number")) == {(None, "", "")}
    memberships = AgreementParty.objects.values_list("signed_on", "joined_on", "left_on", "title", "file")
    assert set(memberships) == {(None, None, None, "", "")}


def test_one_source_has_a_publisher_since_its_name_says_so():
    published = Source.objects.exclude(publisher="").values_list("name", "publisher")
    assert list(published) == [
        ("Statistik från Södertörns brandförsvarsförbund", "Södertörns brandförsvarsförbund")
    ]


def test_the_picture_is_a_draft_without_texts_or_a_day():
    picture = SituationalPicture.objects.get()
    assert (picture.status, picture.adopted_on) == (SituationalPicture.Status.DRAFT, None)
    assert (picture.mapping, picture.other_information, picture.analysis) == ("", "", "")


def test_there_are_no_effect_goals_units_accounts_needs_activities_or_rounds():
    assert set(PriorityArea.objects.values_list("effect_goal", flat=True)) == {""}
    assert [model.objects.count() for model in (Unit, User, Need, Activity, Round)] == [0] * 5


@pytest.mark.parametrize("misread", ["Hüge", "Huga"])
def test_the_sources_reading_errors_are_found_but_never_shown(misread):
    assert Party.objects.get(slug="huge").other_names == ["Hüge Bostäder AB", "Huga Bostäder AB"]
    shown = Party.objects.values_list("name", "short_name")
    assert [names for names in shown if misread in " ".join(names)] == []


def test_loaded_again_nothing_changes():
    before = Agreement.objects.values().get()
    assert facts.load() is False
    assert Agreement.objects.values().get() == before
    assert [Party.objects.count(), Source.objects.count(), Place.objects.count()] == [6, 9, 4]


@pytest.mark.parametrize(
    ("kind", "count"), [("parties", 6), ("places", 4), ("sources", 9), ("priority_areas", 4)]
)
def test_every_key_stands_for_a_row(kind, count):
    assert len({row.pk for row in facts.by_key(kind).values()}) == count
