"""The actions that write and adopt an agreement, its needs and the lägesbild."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from priorities.agreements.actions import adopt_agreement, draft_agreement, set_effect_goal
from priorities.models import Agreement, Need, Place, PriorityArea, SituationalPicture
from priorities.needs.actions import add_need
from priorities.pictures.actions import adopt_picture, draft_picture
from tests.factories import (
    AgreementFactory,
    DeclarationFactory,
    FocusAreaFactory,
    PartyFactory,
    PictureFactory,
    PlaceFactory,
    PriorityAreaFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db

AREAS = [
    {"slug": "andts", "name": "ANDTS", "short_name": "ANDTS"},
    {"slug": "offentlig-miljo", "name": "Trygghet i offentlig miljö", "short_name": "Offentlig miljö"},
]
PARTS = {
    "mapping": "Så ser det ut.",
    "other_information": "Dialoger har hållits.",
    "analysis": "Parterna har analyserat.",
}
PERIOD = {
    "slug": "2025-2026",
    "title": "Överenskommelse",
    "starts_on": date(2025, 1, 1),
    "ends_on": date(2026, 12, 31),
}


def draft(by, **fields):
    declaration = DeclarationFactory()
    ordinary = {
        "parties": [],
        "places": [],
        "priority_areas": AREAS,
        "declaration": declaration,
        "matter": declaration.matter,
        "purposes": "Trygghet.",
    }
    return draft_agreement(by=by, **ordinary | PERIOD | fields)


# --- Agreements --------------------------------------------------------------------------------------------
def test_an_agreement_begins_as_a_draft_with_all_that_belongs_to_it_in_order(samordnare, huge, polisen):
    places = [PlaceFactory(slug="varby"), PlaceFactory(slug="skogas")]
    attachments = [{"number": 3, "title": "Överenskommelsen"}]
    agreement = draft(samordnare, parties=[polisen, huge], places=places, attachments=attachments)
    assert agreement.status == Agreement.Status.DRAFT
    assert list(agreement.memberships.values_list("party", flat=True)) == [polisen.pk, huge.pk]
    assert list(agreement.focus_areas.values_list("order", "place__slug")) == [(1, "varby"), (2, "skogas")]
    assert list(agreement.priority_areas.values_list("order", "slug")) == [
        (1, "andts"),
        (2, "offentlig-miljo"),
    ]
    assert [str(attachment) for attachment in agreement.attachments.all()] == ["Bilaga 3. Överenskommelsen"]


@pytest.mark.parametrize(
    "fields",
    [{"ends_on": date(2024, 12, 31)}, {"slug": "2025/2026"}, {"priority_areas": [AREAS[0], AREAS[0]]}],
    ids=["ends before it begins", "no address", "an area twice"],
)
def test_an_agreement_that_does_not_hold_is_not_drafted_by_halves(fields, samordnare):
    with pytest.raises(ValidationError):
        draft(samordnare, **fields)
    assert (Agreement.objects.exists(), PriorityArea.objects.exists()) == (False, False)


def test_a_drafts_goals_can_be_written_and_then_it_is_adopted_once(samordnare, huge, polisen):
    agreement = draft(samordnare, parties=[huge, polisen])
    set_effect_goal(
        by=samordnare, area=agreement.priority_areas.get(slug="andts"), effect_goal="Färre använder."
    )
    adopt_agreement(by=samordnare, agreement=agreement)
    agreement.refresh_from_db()
    assert (agreement.status, agreement.priority_areas.get(slug="andts").effect_goal) == (
        "adopted",
        "Färre använder.",
    )
    with pytest.raises(ValidationError) as refused:
        adopt_agreement(by=samordnare, agreement=agreement)
    assert refused.value.messages == ["Överenskommelsen är redan fastställd."]


@pytest.mark.parametrize(
    ("left_out", "sentences"),
    [
        ({"parties": []}, ["Välj minst två parter."]),
        ({"priority_areas": []}, ["Skriv minst ett prioriterat område."]),
        ({"purposes": " \n"}, ["Skriv överenskommelsens syften."]),
        ({"matter": None}, ["Ange vilket ärende överenskommelsen hör till."]),
        (
            {"parties": [], "priority_areas": [], "purposes": "", "matter": None},
            [
                "Skriv överenskommelsens syften.",
                "Välj minst två parter.",
                "Skriv minst ett prioriterat område.",
                "Ange vilket ärende överenskommelsen hör till.",
            ],
        ),
    ],
    ids=["parties", "areas", "purposes", "matter", "all"],
)
def test_an_agreement_that_lacks_what_it_needs_is_not_adopted(left_out, sentences, samordnare, huge, polisen):
    agreement = draft(samordnare, **{"parties": [huge, polisen]} | left_out)
    with pytest.raises(ValidationError) as refused:
        adopt_agreement(by=samordnare, agreement=agreement)
    assert (refused.value.messages, Agreement.objects.get().status) == (sentences, "draft")


@pytest.mark.parametrize("status", ["adopted", "archived"])
def test_what_an_adopted_agreement_says_of_its_areas_stands(status, samordnare):
    area = PriorityAreaFactory()
    Agreement.objects.update(status=status)
    area.agreement.refresh_from_db()
    with pytest.raises(ValidationError):
        set_effect_goal(by=samordnare, area=area, effect_goal="Något annat.")
    area.refresh_from_db()
    assert area.effect_goal == ""


# --- Needs -------------------------------------------------------------------------------------------------
def test_needs_are_numbered_within_their_agreement(samordnare, agreement):
    area, place, source = PriorityAreaFactory(), PlaceFactory(), SourceFactory()
    following = PriorityAreaFactory(agreement=AgreementFactory(next_period=True))
    for each in (agreement, following.agreement):
        FocusAreaFactory(agreement=each, place=place)
    for of, problem in [(area, "Ett."), (area, "Två."), (following, "Nytt.")]:
        add_need(
            by=samordnare,
            agreement=of.agreement,
            priority_area=of,
            problem=problem,
            places=[place],
            sources=[source],
        )
    assert sorted(Need.objects.values_list("agreement__slug", "number", "problem")) == [
        ("2023-2024", 1, "Ett."),
        ("2023-2024", 2, "Två."),
        ("2025-2026", 1, "Nytt."),
    ]
    assert [(list(need.places.all()), list(need.sources.all())) for need in Need.objects.all()] == [
        ([place], [source])
    ] * 3


def test_another_agreements_area_is_refused(samordnare, agreement):
    area = PriorityAreaFactory(agreement=AgreementFactory(next_period=True))
    with pytest.raises(ValidationError) as refused:
        add_need(by=samordnare, agreement=agreement, priority_area=area, problem="Ett problem.")
    assert refused.value.message_dict == {"priority_area": ["Området hör till en annan överenskommelse."]}
    assert not Need.objects.exists()


# --- The lägesbild -----------------------------------------------------------------------------------------
def test_a_picture_is_drafted_with_its_sources_and_adopted_with_its_texts(samordnare):
    uses = [{"source": SourceFactory(), "period": "2021"}]
    attachments = [{"number": 2, "title": "Lägesbild 2021"}]
    picture = draft_picture(
        by=samordnare, uses=uses, attachments=attachments, year=2021, title="Lägesbild 2021"
    )
    assert (picture.status, list(picture.uses.values_list("period", flat=True))) == ("draft", ["2021"])
    adopt_picture(by=samordnare, picture=picture, **PARTS)
    stored = SituationalPicture.objects.get()
    assert (stored.status, stored.analysis, stored.adopted_on) == (
        "adopted",
        "Parterna har analyserat.",
        None,
    )


def test_a_picture_with_somebodys_number_in_it_is_not_adopted(samordnare):
    picture = PictureFactory()
    with pytest.raises(ValidationError):
        adopt_picture(by=samordnare, picture=picture, **PARTS | {"analysis": "Gäller 811228-9874."})
    assert SituationalPicture.objects.get().status == SituationalPicture.Status.DRAFT


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        ("mapping", "Skriv lägesbildens kartläggning."),
        ("other_information", "Skriv annan information, eller att ingen finns."),
        ("analysis", "Skriv lägesbildens analys."),
    ],
)
def test_a_picture_without_one_of_the_laws_parts_is_not_adopted(part, sentence, samordnare):
    picture = PictureFactory(**PARTS | {part: ""})
    with pytest.raises(ValidationError) as refused:
        adopt_picture(by=samordnare, picture=picture)
    assert (refused.value.messages, SituationalPicture.objects.get().status) == ([sentence], "draft")


# --- Who may -----------------------------------------------------------------------------------------------
def complete():
    """A draft with all that adoption requires."""
    return AgreementFactory(draft=True, parties=[PartyFactory(), PartyFactory()], areas=["andts"])


ACTIONS = {
    "draft_agreement": draft,
    "set_effect_goal": lambda by: set_effect_goal(
        by=by, area=PriorityAreaFactory(agreement=AgreementFactory(draft=True)), effect_goal="Färre använder."
    ),
    "adopt_agreement": lambda by: adopt_agreement(by=by, agreement=complete()),
    "draft_picture": lambda by: draft_picture(by=by, year=2021, title="Lägesbild 2021"),
    "adopt_picture": lambda by: adopt_picture(by=by, picture=PictureFactory(), **PARTS),
    "add_need": lambda by: add_need(
        by=by, agreement=AgreementFactory(), priority_area=PriorityAreaFactory(), problem="Ett problem."
    ),
}


@pytest.mark.parametrize("who", ["admin", "handlaggare", "huge_rep", "lasare"])
@pytest.mark.parametrize("action", ACTIONS.values(), ids=ACTIONS)
def test_others_than_the_coordinator_are_refused(who, action, request):
    with pytest.raises(PermissionDenied):
        action(request.getfixturevalue(who))
    assert not Place.objects.filter(slug="varby").exists()


@pytest.mark.parametrize("who", ["samordnare", "a set-up command"])
@pytest.mark.parametrize("action", ACTIONS.values(), ids=ACTIONS)
def test_the_coordinator_and_a_set_up_command_may(who, action, request):
    by = request.getfixturevalue(who) if who == "samordnare" else None
    with CaptureQueriesContext(connection) as queries:
        action(by)
    assert [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE"))] != []
