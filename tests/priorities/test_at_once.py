"""Two coordinators at the same moment: one saves, the other gets Stale, and nothing is half written."""

from datetime import date

import pytest

from parties.models import MatterPoint
from priorities.agreements.actions import AreaInput, record_decision, write_areas
from priorities.declarations.actions import (
    edit_declaration,
    write_declaration_matter,
    write_matter,
    write_points,
)
from priorities.models import Need, PriorityArea
from priorities.needs.actions import edit_need
from samverkan.lib.editing.stale import Stale
from tests.factories import NeedFactory, UserFactory
from tests.support.at_once import People

pytestmark = pytest.mark.django_db(transaction=True)


def names(answers):
    return sorted(type(answer).__name__ for answer in answers)


def test_of_two_who_change_a_need_one_is_told(samordnare, now, tmp_path):
    need = NeedFactory()
    other = UserFactory(coordinator=True, display_name="Säkerhetschef")

    def saves(user):
        fields = {"priority_area": need.priority_area, "problem": str(user), "places": [], "sources": []}
        return lambda: edit_need(by=user, at=now, need=need, seen=1, **fields)

    people = People(tmp_path)
    answers = people.do(saves(samordnare), saves(other))

    assert names(answers) == ["Need", "Stale"]
    (saved,) = [answer for answer in answers if isinstance(answer, Need)]
    (stale,) = [answer for answer in answers if isinstance(answer, Stale)]
    assert str(stale).startswith(f"{saved.problem} sparade 30 september 2024")
    assert people.see(lambda: Need.objects.get().version) == 2


def test_of_two_who_write_areas_one_is_told(draft, samordnare, now, tmp_path):
    kept = [AreaInput(area.pk, area.name, area.short_name) for area in draft.priority_areas.order_by("order")]

    def adds(name):
        areas = [AreaInput(None, name, name), *kept]
        return lambda: write_areas(by=samordnare, at=now, agreement=draft, seen=1, areas=areas)

    people = People(tmp_path)
    answers = people.do(adds("Ett"), adds("Två"))

    assert names(answers) == ["NoneType", "Stale"]
    orders = people.see(lambda: list(PriorityArea.objects.order_by("order").values_list("order", flat=True)))
    assert orders == [1, 2, 3]


def test_of_two_who_write_points_one_is_told(agreement, samordnare, now, tmp_path):
    declaration = agreement.declaration

    def writes(text):
        points = [{"number": 1, "text": text}]
        return lambda: write_points(by=samordnare, at=now, declaration=declaration, seen=1, points=points)

    people = People(tmp_path)
    answers = people.do(writes("Ett"), writes("Två"))

    assert names(answers) == ["NoneType", "Stale"]
    assert people.see(MatterPoint.objects.count) == 1


def test_a_decision_and_the_declarations_matter_do_not_wait_for_each_other(
    agreement, samordnare, now, tmp_path
):
    """Both lock the common matter first: one saves, and the other gets Stale."""
    common = {"by": samordnare, "at": now, "seen": 1}
    decision = {"committee": "Kommunstyrelsen", "case_number": "KS-2022/941.142"}

    people = People(tmp_path)
    answers = people.do(
        lambda: record_decision(agreement=agreement, section="§ 1", **decision, **common),
        lambda: write_declaration_matter(
            declaration=agreement.declaration,
            matter={"title": "Ny", "section": "§ 2", **decision},
            **common,
        ),
    )

    assert names(answers) == ["NoneType", "Stale"]


def test_a_draft_and_its_own_declaration_do_not_wait_for_each_other(draft, samordnare, now, tmp_path):
    """Both lock the draft first: one saves, and the other saves after it or gets Stale."""
    declaration = {"title": "Från utkastet", "valid_from": date(2025, 1, 1), "valid_to": date(2026, 12, 31)}
    common = {"by": samordnare, "at": now, "seen": 1}

    people = People(tmp_path)
    answers = people.do(
        lambda: write_matter(agreement=draft, matter=None, declaration=declaration, **common),
        lambda: edit_declaration(
            declaration=draft.declaration, **declaration | {"title": "Från stegen"}, **common
        ),
    )

    assert "Stale" in names(answers)
    assert len(set(names(answers))) == 2
