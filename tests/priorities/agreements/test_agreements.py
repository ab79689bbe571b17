"""The agreements that each role sees, and the one that is meant when the address names none."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from parties.roles import Role
from priorities.models import Agreement
from priorities.which import current_agreement
from tests.factories import AgreementFactory, UserFactory
from tests.support.tables import rows

pytestmark = pytest.mark.django_db

SEEN = rows("""
    role            draft  adopted  archived
    reader          –      yes      yes
    representative  –      yes      yes
    official        –      yes      yes
    coordinator     yes    yes      yes
    administrator   yes    yes      yes
""")
PERIODS = {
    "2021-2022": (date(2021, 1, 1), date(2022, 12, 31)),
    "2023-2024": (date(2023, 1, 1), date(2024, 12, 31)),
    "2025-2026": (date(2025, 1, 1), date(2026, 12, 31)),
}


def agreements(*slugs):
    """Makes agreements of these periods; returns them latest first, as the pages fetch them."""
    for slug in slugs:
        starts_on, ends_on = PERIODS[slug]
        AgreementFactory(slug=slug, starts_on=starts_on, ends_on=ends_on)
    return list(Agreement.objects.latest_first())


def test_the_table_names_every_role():
    assert [row["role"] for row in SEEN] == Role.values


@pytest.mark.parametrize("row", SEEN, ids=lambda row: row["role"])
def test_each_role_sees_what_the_table_says(row, huge):
    for status in Agreement.Status.values:
        AgreementFactory(slug=status, status=status)
    seen = Agreement.objects.visible_to(UserFactory(role=row["role"], party=huge))
    assert sorted(agreement.slug for agreement in seen) == sorted(
        status for status in Agreement.Status.values if row[status] == "yes"
    )


def test_a_representative_without_a_party_sees_none(agreement, rep_without_party):
    assert list(Agreement.objects.visible_to(rep_without_party)) == []


def test_whoever_has_left_or_not_signed_in_sees_none(agreement):
    gone = UserFactory(coordinator=True, is_active=False)
    assert [list(Agreement.objects.visible_to(user)) for user in (gone, AnonymousUser())] == [[], []]


@pytest.mark.parametrize(
    ("slugs", "today", "meant"),
    [
        (["2021-2022", "2023-2024", "2025-2026"], date(2024, 9, 30), "2023-2024"),
        (["2021-2022", "2023-2024", "2025-2026"], date(2023, 1, 1), "2023-2024"),
        (["2021-2022", "2023-2024", "2025-2026"], date(2024, 12, 31), "2023-2024"),
        (["2021-2022", "2023-2024", "2025-2026"], date(2025, 1, 1), "2025-2026"),
        (["2021-2022", "2025-2026"], date(2024, 9, 30), "2021-2022"),
        (["2021-2022", "2023-2024"], date(2030, 1, 1), "2023-2024"),
        (["2023-2024", "2025-2026"], date(2020, 1, 1), "2023-2024"),
    ],
)
def test_the_agreement_that_is_meant_covers_the_day_or_is_the_nearest(slugs, today, meant):
    assert current_agreement(agreements(*slugs), today=today).slug == meant


def test_without_agreements_none_is_meant(today):
    assert current_agreement([], today=today) is None


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "period"),
    [(date(2023, 1, 1), date(2024, 12, 31), "2023–2024"), (date(2024, 3, 1), date(2024, 12, 31), "2024")],
)
def test_a_period_is_its_years(starts_on, ends_on, period):
    assert Agreement(starts_on=starts_on, ends_on=ends_on).period == period
