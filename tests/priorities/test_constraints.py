"""Each constraint on agreements, needs and lägesbilder: one row keeps it, others break it."""

from datetime import date

import pytest

from priorities.models import Agreement, Need, PriorityArea, SituationalPicture, SourceUse, StepAside
from tests.factories import (
    AgreementAttachmentFactory,
    AgreementFactory,
    FocusAreaFactory,
    MembershipFactory,
    NeedFactory,
    PartyFactory,
    PictureAttachmentFactory,
    PictureFactory,
    PlaceFactory,
    PriorityAreaFactory,
    SourceFactory,
    SourceUseFactory,
)
from tests.support.promises import Promise, assert_kept, constraints_of, limits


def another_source(_):
    return SourceFactory(name="Trygghetsvandringar")


def another_place(_):
    return PlaceFactory(slug="varby")


def another_party(_):
    return PartyFactory(polisen=True)


def step_aside():
    return StepAside.objects.create(agreement=AgreementFactory(), step="omgangar")


NEW_AGREEMENT = {"slug": "2025-2026"}
NEW_AREA = {"slug": "andts", "order": 32000}
NEW_NEED = {"number": 99}
NEW_PICTURE = {"year": 2023}
ORDINARY = {
    Agreement: (AgreementFactory, NEW_AGREEMENT),
    PriorityArea: (PriorityAreaFactory, NEW_AREA),
    Need: (NeedFactory, NEW_NEED),
    SituationalPicture: (PictureFactory, NEW_PICTURE),
    SourceUse: (SourceUseFactory, {"source": another_source}),
}
PROMISES = [
    Promise(
        "agreement_ends_after_it_begins",
        AgreementFactory,
        NEW_AGREEMENT | {"ends_on": date(2023, 1, 2)},
        [NEW_AGREEMENT | {"ends_on": date(2023, 1, 1)}],
    ),
    Promise(
        "agreement_has_a_known_status",
        AgreementFactory,
        NEW_AGREEMENT | {"status": "archived"},
        [NEW_AGREEMENT | {"status": "signed"}, NEW_AGREEMENT | {"status": ""}],
    ),
    Promise("party_joins_an_agreement_once", MembershipFactory, {"party": another_party}, [{}]),
    Promise(
        "party_leaves_an_agreement_after_it_joined",
        lambda: MembershipFactory(joined_on=date(2024, 1, 1)),
        {"party": another_party, "left_on": date(2024, 1, 1)},
        [{"party": another_party, "left_on": date(2023, 12, 31)}],
    ),
    Promise("agreement_attachment_has_a_number_of_its_own", AgreementAttachmentFactory, {"number": 2}, [{}]),
    Promise(
        "priority_area_has_an_address_of_its_own_within_its_agreement",
        PriorityAreaFactory,
        NEW_AREA,
        [{"order": 32000}],
    ),
    Promise(
        "priority_area_has_a_position_of_its_own_within_its_agreement",
        PriorityAreaFactory,
        NEW_AREA,
        [{"slug": "andts"}],
    ),
    Promise(
        "place_is_a_focus_area_once_in_an_agreement",
        FocusAreaFactory,
        {"place": another_place, "order": 32000},
        [{"order": 32000}],
    ),
    Promise(
        "focus_area_has_a_position_of_its_own_within_its_agreement",
        FocusAreaFactory,
        {"place": another_place, "order": 32000},
        [{"place": another_place}],
    ),
    Promise("need_has_a_number_of_its_own_within_its_agreement", NeedFactory, NEW_NEED, [{}]),
    Promise("need_names_a_problem", NeedFactory, NEW_NEED, [NEW_NEED | {"problem": ""}]),
    Promise(
        "picture_has_a_known_status",
        PictureFactory,
        NEW_PICTURE | {"status": "adopted"},
        [NEW_PICTURE | {"status": "archived"}],
    ),
    Promise(
        "picture_has_an_adoption_day_only_once_adopted",
        PictureFactory,
        NEW_PICTURE | {"status": "adopted", "adopted_on": date(2022, 1, 31)},
        [NEW_PICTURE | {"adopted_on": date(2022, 1, 31)}],
    ),
    Promise(
        "place_has_a_name_of_its_own",
        lambda: PlaceFactory(name="Vårby"),
        {"slug": "ny", "name": "Vårby gård"},
        [{"slug": "ny"}, {"slug": "ny", "name": "VÅRBY"}],
    ),
    Promise(
        "source_has_a_name_of_its_own",
        lambda: SourceFactory(name="Trygghetsmätningen"),
        {"name": "Trygghetsvandringar"},
        [{}, {"name": "TRYGGHETSMÄTNINGEN"}],
    ),
    Promise("picture_uses_a_source_once", SourceUseFactory, {"source": another_source}, [{}]),
    Promise("picture_attachment_has_a_number_of_its_own", PictureAttachmentFactory, {"number": 2}, [{}]),
    Promise("step_is_put_aside_once", step_aside, {"step": "behov"}, [{}]),
    Promise("step_aside_is_a_known_step", step_aside, {"step": "behov"}, [{"step": "dans"}, {"step": ""}]),
    *limits("priorities", ORDINARY),
]


def test_every_constraint_is_here():
    assert sorted(promise.constraint for promise in PROMISES) == constraints_of("priorities")


@pytest.mark.django_db
@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.constraint)
def test_the_database_keeps_its_promise(promise):
    assert_kept(promise)
