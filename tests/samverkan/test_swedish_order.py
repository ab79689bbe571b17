"""SQLite and PostgreSQL sort and search Swedish text alike: these tests run on both."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from parties.models import Party
from samverkan.lib.db import SWEDISH, Matched, in_swedish_order, swedish_key
from tests.factories import PartyFactory

pytestmark = pytest.mark.django_db

IN_ORDER = [
    "'Rör'",
    "(Rör)",
    "1 rör",
    "10 rör",
    "2 rör",
    "abc",
    "Abc",
    "abc a",
    "abc-a",
    "abc, a",
    "abc/a",
    "abc1",
    "abca",
    "abcå",
    "eda",
    "Eda",
    "éda",
    "Éda",
    "edb",
    "Vi",
    "våld",
    "wa",
    "yb",
    "üb",
    "yc",
    "Zon",
    "åa",
    "Åa",
    "ål",
    "äa",
    "Æa",
    "Äb",
    "öa",
    "Öa",
    "øa",
    "ör",
]


def test_names_come_in_swedish_order():
    for name in sorted(IN_ORDER):
        PartyFactory(short_name=name)
    ordered = Party.objects.order_by(in_swedish_order("short_name"))
    assert list(ordered.values_list("short_name", flat=True)) == IN_ORDER


def test_the_leading_party_comes_before_the_order(kommunen):
    for name in ["Örnen AB", "Ålen AB", "Abborren AB"]:
        PartyFactory(name=name)
    assert [str(party) for party in Party.objects.by_name()] == [
        "Huddinge kommun",
        "Abborren AB",
        "Ålen AB",
        "Örnen AB",
    ]


@given(
    names=st.lists(
        st.text("aAåÄöÉeéuüVwWyz 12-–,.:/()&'\u00a0", min_size=1, max_size=5), min_size=2, unique=True
    )
)
def test_the_database_and_our_own_key_agree_on_any_names(names):
    rows = " UNION ALL ".join(["SELECT %s AS name"] * len(names))
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT name FROM ({rows}) AS names ORDER BY name COLLATE "{SWEDISH}"', names)  # noqa: S608 - the names are parameters
        ordered = [name for (name,) in cursor.fetchall()]
    assert list(map(swedish_key, ordered)) == sorted(map(swedish_key, names))


@pytest.mark.parametrize(
    ("searched", "found"),
    [
        ("å", ["Skogås gård", "ÅTERVINNING"]),
        ("Å", ["Skogås gård", "ÅTERVINNING"]),
        ("ÅTER", ["ÅTERVINNING"]),
        ("återv", ["ÅTERVINNING"]),
        ("ÖPPET", ["Öppet hus"]),
        ("café", ["Café Ängen"]),
        ("CAFÉ", ["Café Ängen"]),
        ("cafe", []),
        ("ä", ["Café Ängen"]),
        ("%", ["100 % trygg"]),
        ("_", []),
        ("\\", []),
    ],
)
def test_a_search_folds_case_and_nothing_else(searched, found):
    for name in ["Skogås gård", "ÅTERVINNING", "Öppet hus", "Café Ängen", "100 % trygg"]:
        PartyFactory(name=name)
    parties = Party.objects.alias(folded=Matched("name")).filter(folded__contains=searched.lower())
    assert [str(party) for party in parties.order_by(in_swedish_order("name"))] == found
