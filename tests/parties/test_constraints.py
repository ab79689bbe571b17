"""Each constraint on parties, people and declarations: one row keeps it, others break it."""

from datetime import date

import pytest

from parties.models import (
    AttemptCounter,
    Declaration,
    Mask,
    Matter,
    MatterPoint,
    Signatory,
    Submission,
)
from tests.factories import (
    DeclarationAttachmentFactory,
    DeclarationFactory,
    DeputyFactory,
    MatterFactory,
    MatterPointFactory,
    PartyFactory,
    PartyKindFactory,
    SignatoryFactory,
    UnitFactory,
    UserFactory,
)
from tests.factories.activities import at_ten
from tests.support.promises import Promise, assert_kept, constraints_of, limits


def another_party(_):
    return PartyFactory()


def _mask():
    moment = at_ten(date(2024, 9, 30))
    return Mask.objects.create(
        about="activities.followup", key=1, field="needed", reason="Provad", masked_at=moment
    )


ORDINARY = {
    Declaration: (DeclarationFactory, {}),
    Matter: (MatterFactory, {"case_number": "KS-2024/1"}),
    MatterPoint: (MatterPointFactory, {"number": 2}),
    Signatory: (SignatoryFactory, {"party": another_party}),
}
NEW_ACCOUNT = {"email": "ny@example.com"}
LATER = {"from_on": date(2024, 11, 1), "to_on": date(2024, 11, 30)}
PROMISES = [
    Promise(
        "attempts_of_a_kind_have_one_counter",
        lambda: AttemptCounter.objects.create(key="a", count=1, ends_at=at_ten(date(2024, 9, 30))),
        {"key": "b"},
        [{}, {"count": 2}],
    ),
    Promise(
        "a_form_sent_twice_has_one_answer",
        lambda: Submission.objects.create(mark="a", taken_at=at_ten(date(2024, 9, 30)), leads_to="/behov/"),
        {"mark": "b"},
        [{}, {"leads_to": ""}],
    ),
    Promise("mask_says_why", _mask, {"key": 2}, [{"key": 2, "reason": ""}]),
    Promise("text_is_masked_once", _mask, {"field": "what_happened"}, [{}]),
    Promise(
        "party_has_a_name_of_its_own",
        lambda: PartyFactory(name="Huge Bostäder AB"),
        {"slug": "ny", "name": "Huge Bostäder i Huddinge AB"},
        [{"slug": "ny"}, {"slug": "ny", "name": "HUGE BOSTÄDER AB"}],
    ),
    Promise(
        "party_kind_has_a_name_of_its_own",
        lambda: PartyKindFactory(name="Förening"),
        {"name": "Stiftelse"},
        [{}, {"name": "FÖRENING"}],
    ),
    Promise(
        "unit_has_a_name_of_its_own_within_its_party",
        lambda: UnitFactory(name="Socialförvaltningen"),
        {"party": another_party},
        [{}, {"name": "SOCIALFÖRVALTNINGEN"}],
    ),
    Promise(
        "user_has_an_email_of_its_own_whatever_the_case",
        lambda: UserFactory(email="huge@example.com"),
        NEW_ACCOUNT,
        [{"email": "Huge@Example.com"}],
    ),
    Promise(
        "user_has_a_known_role",
        UserFactory,
        NEW_ACCOUNT | {"role": "administrator"},
        [NEW_ACCOUNT | {"role": "superuser"}, NEW_ACCOUNT | {"role": ""}],
    ),
    Promise(
        "matter_has_a_case_number_of_its_own",
        lambda: MatterFactory(case_number="KS-2022/1"),
        {"case_number": "KS-2022/2"},
        [{}, {"case_number": "ks–2022/1"}],
    ),
    Promise("matter_point_has_a_number_of_its_own", MatterPointFactory, {"number": 2}, [{}]),
    Promise(
        "declaration_ends_after_it_begins",
        DeclarationFactory,
        {"valid_to": date(2023, 1, 2)},
        [{"valid_to": date(2023, 1, 1)}, {"valid_to": date(2022, 12, 31)}],
    ),
    Promise("party_signs_a_declaration_once", SignatoryFactory, {"party": another_party}, [{}]),
    Promise(
        "declaration_attachment_has_a_number_of_its_own", DeclarationAttachmentFactory, {"number": 2}, [{}]
    ),
    Promise(
        "deputy_is_somebody_else",
        DeputyFactory,
        LATER | {"deputy": lambda _: UserFactory(representative=True)},
        [LATER | {"deputy": lambda row: row.person}],
    ),
    Promise(
        "deputy_ends_no_earlier_than_it_begins",
        DeputyFactory,
        LATER | {"to_on": LATER["from_on"]},
        [LATER | {"to_on": date(2024, 10, 31)}],
    ),
    Promise(
        "deputy_begins_alone_for_a_person",
        DeputyFactory,
        {"from_on": date(2024, 10, 2)},
        [{}, {"to_on": date(2024, 10, 1)}],
    ),
    *limits("parties", ORDINARY),
]


def test_every_constraint_is_here():
    assert sorted(promise.constraint for promise in PROMISES) == constraints_of("parties")


@pytest.mark.django_db
@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.constraint)
def test_the_database_keeps_its_promise(promise):
    assert_kept(promise)
