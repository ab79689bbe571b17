"""A draft's priority areas: renaming, ordering, adding, and removing those that nothing uses."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from priorities.agreements.actions import AreaInput, write_areas
from priorities.models import PriorityArea
from samverkan.lib.editing.stale import Stale
from tests.factories import ActivityFactory, AgreementFactory, NeedFactory, PriorityAreaFactory
from tests.priorities.conftest import faults
from tests.support.stored import rows

AREAS = "/2025-2026/redigera/omraden/"


@rows
def andts(draft):
    return draft.priority_areas.get(slug="andts")


@rows
def miljo(draft):
    return draft.priority_areas.get(slug="offentlig-miljo")


def written(agreement):
    rows = agreement.priority_areas.order_by("order")
    return list(rows.values_list("order", "slug", "name", "short_name", "effect_goal"))


def test_rows_are_changed_put_in_order_and_added(send, draft, andts, miljo):
    response = send(
        AREAS,
        **{
            f"o{andts.pk}-order": "2",
            f"o{miljo.pk}-order": "1",
            f"o{miljo.pk}-effect_goal": "Fler är trygga.",
            "n1-name": "Våld i nära relation",
            "n1-short_name": "Våld",
            "n3-name": "Gängkriminalitet",
            "n3-short_name": "Gäng",
            "n3-order": "3",
        },
    )

    assert response["Location"] == "/2025-2026/redigera/"
    assert written(draft) == [
        (1, "offentlig-miljo", "Trygghet i offentlig miljö", "Trygghet i offentlig miljö", "Fler är trygga."),
        (2, "andts", "ANDTS", "ANDTS", ""),
        (3, "gang", "Gängkriminalitet", "Gäng", ""),
        (4, "vald", "Våld i nära relation", "Våld", ""),
    ]


def test_more_than_three_are_written_by_saving_and_going_on(send, draft):
    response = send(AREAS, more="1", **{"n1-name": "Gängkriminalitet", "n1-short_name": "Gäng"})

    assert response["Location"] == AREAS
    assert draft.priority_areas.count() == 3


def test_two_areas_with_the_same_short_name_get_addresses_of_their_own(send, draft):
    send(
        AREAS,
        **{
            f"n{n}-{part}": text
            for n in (1, 2)
            for part, text in (("name", f"Nytt {n}"), ("short_name", "Nytt"))
        },
    )

    slugs = draft.priority_areas.order_by("order").values_list("slug", flat=True)
    assert list(slugs) == ["andts", "offentlig-miljo", "nytt", "nytt-2"]


def test_an_area_is_removed(send, draft, andts):
    send(AREAS, **{f"o{andts.pk}-remove": "on", f"o{andts.pk}-name": ""})

    assert list(draft.priority_areas.values_list("order", "slug")) == [(1, "offentlig-miljo")]


@pytest.mark.parametrize("used_by", ["a need", "an activity", "the next agreement's area"])
def test_an_area_in_use_stays(used_by, send, draft, andts):
    dates = {"starts_on": date(2025, 1, 1), "ends_on": date(2026, 12, 31)}
    make = {
        "a need": lambda: NeedFactory(agreement=draft, priority_area=andts),
        "an activity": lambda: ActivityFactory(agreement=draft, priority_area=andts, draft=True, **dates),
        "the next agreement's area": lambda: PriorityAreaFactory(
            agreement=AgreementFactory(slug="2027-2028"), predecessor=andts
        ),
    }
    make[used_by]()

    wrong = faults(send(AREAS, **{f"o{andts.pk}-remove": "on", "n1-name": "Nytt", "n1-short_name": "Nytt"}))

    assert wrong == {None: ["”ANDTS” har behov eller aktiviteter och kan inte tas bort. Flytta dem först."]}
    assert list(draft.priority_areas.values_list("slug", flat=True)) == ["andts", "offentlig-miljo"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"n1-name": "Nytt"}, {"n1-short_name": ["Skriv ett kort namn."]}),
        (
            {"n1-effect_goal": "Mål"},
            {"n1-name": ["Skriv områdets namn."], "n1-short_name": ["Skriv ett kort namn."]},
        ),
        (
            {"n1-name": " andts ", "n1-short_name": "Nytt"},
            {"n1-name": ["Två områden heter så. Ge dem olika namn."]},
        ),
        (
            {"n1-name": "Nytt", "n1-short_name": "Nytt", "n1-order": "2"},
            {"n1-order": ["Två områden har samma ordning. Ge dem olika."]},
        ),
        (
            {"n1-order": "9" * 5000},
            {
                "n1-order": ["Skriv ett heltal, till exempel 3."],
                "n1-name": ["Skriv områdets namn."],
                "n1-short_name": ["Skriv ett kort namn."],
            },
        ),
        ({"n1-name": "Nytt", "n1-short_name": "a" * 61}, {"n1-short_name": ["Skriv högst 60 tecken."]}),
    ],
    ids=["no short name", "no name", "a name twice", "an order twice", "no number", "too long"],
)
def test_what_does_not_hold_is_told_and_everything_is_kept(fields, wrong, send, draft):
    response = send(AREAS, **fields)

    assert faults(response) == wrong
    form = response.context["form"]
    assert {name: form[name].value() for name in fields} == fields
    assert draft.priority_areas.count() == 2


def test_somebodys_number_is_refused_in_a_goal_and_in_a_name(send, draft, andts):
    wrong = faults(
        send(AREAS, **{f"o{andts.pk}-effect_goal": "811228-9874", f"o{andts.pk}-name": "811228-9874"})
    )

    assert {*wrong} == {f"o{andts.pk}-effect_goal", f"o{andts.pk}-name"}


def test_another_agreements_area_cannot_be_told(send, draft, agreement, samordnare, now):
    """The form has no row for another agreement's area, and the action refuses one too."""
    theirs = PriorityAreaFactory(agreement=agreement, slug="vald")

    send(AREAS, **{f"o{theirs.pk}-name": "Mitt", f"o{theirs.pk}-remove": "on"})
    with pytest.raises(Stale):
        write_areas(by=samordnare, at=now, agreement=draft, seen=1, areas=[], removed=[theirs.pk])
    for arguments in (
        {"areas": [], "removed": [theirs.pk]},
        {"areas": [AreaInput(theirs.pk, "Mitt", "Mitt")]},
    ):
        with pytest.raises(ValidationError) as refused:
            write_areas(by=samordnare, at=now, agreement=draft, seen=None, **arguments)
        sentence = "Ett av områdena finns inte längre i överenskommelsen. Ladda om sidan."
        assert refused.value.messages == [sentence]

    assert PriorityArea.objects.get(pk=theirs.pk).name == "Vald"


def test_what_another_coordinator_added_meanwhile_is_kept_at_the_end(draft, andts, samordnare, now):
    PriorityAreaFactory(agreement=draft, slug="ny", order=3)

    write_areas(
        by=samordnare,
        at=now,
        agreement=draft,
        seen=None,
        areas=[AreaInput(andts.pk, "Droger", "Droger", "Mål")],
    )

    assert [row[1:3] for row in written(draft)] == [
        ("andts", "Droger"),
        ("offentlig-miljo", "Trygghet i offentlig miljö"),
        ("ny", "Ny"),
    ]
