"""A declaration's matter and its numbered points."""

import pytest

from parties.models import Matter, MatterPoint
from samverkan.lib.guard import REFUSED
from tests.factories import AgreementFactory, DeclarationFactory, MatterFactory, MatterPointFactory
from tests.priorities.conftest import faults
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

MATTER = "/2023-2024/avsiktsforklaring/redigera/arende/"
POINTS = "/2023-2024/avsiktsforklaring/redigera/punkter/"
OWN = {"case_number": "KS-2024/1", "matter_title": "Ny avsiktsförklaring", "committee": "Kommunstyrelsen"}


@rows
def declaration(agreement):
    return agreement.declaration


@rows
def points(declaration):
    """Points 1 and 3, as the form names them."""
    made = [MatterPointFactory(matter=declaration.matter, number=number) for number in (1, 3)]
    return [f"o{point.number}" for point in made]


def stored(matter):
    return list(matter.points.values_list("number", "text", "assignee"))


# --- The matter --------------------------------------------------------------------------------------------
def test_the_declarations_own_matter_is_changed(send, declaration):
    assert send(MATTER, outcome="Godkänns.", decided_on="2022-10-05").status_code == 302

    matter = Matter.objects.get()
    assert (matter.outcome, str(matter.decided_on)) == ("Godkänns.", "2022-10-05")
    declaration.refresh_from_db()
    assert declaration.version == 2


@pytest.mark.parametrize("other", ["another declaration", "an agreement under another"])
def test_a_matter_that_others_have_too_is_left_as_it_is(other, send, declaration):
    kept = declaration.matter
    another = DeclarationFactory(title="En annan", matter=kept if other == "another declaration" else None)
    if other != "another declaration":
        AgreementFactory(next_period=True, declaration=another, matter=kept)

    send(MATTER, matter="eget", **OWN)

    declaration.refresh_from_db()
    kept.refresh_from_db()
    assert (declaration.matter.case_number, kept.case_number) == ("KS-2024/1", "KS-2022/941.142")


def test_another_that_is_there_is_chosen_or_none(send, declaration):
    other = MatterFactory(case_number="KS-2024/9")
    empty = dict.fromkeys((*OWN, "memo_on"), "")

    send(MATTER, matter=other.pk, **empty)
    declaration.refresh_from_db()
    assert declaration.matter == other
    send(MATTER, matter="", **empty)
    declaration.refresh_from_db()
    assert declaration.matter is None


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"matter": "999999"}, {"matter": ["Välj ett ärende i listan."]}),
        ({"matter": "x\x00"}, {"matter": ["Välj ett ärende i listan."]}),
        ({"case_number": ""}, {"case_number": ["Skriv diarienumret."]}),
        (
            {"case_number": "KS-2024/9"},
            {"case_number": ["Diarienumret finns redan. Välj ärendet i listan i stället."]},
        ),
    ],
)
def test_what_does_not_hold_of_the_matter_is_told(fields, wrong, send, declaration):
    MatterFactory(case_number="KS-2024/9")

    assert faults(send(MATTER, **fields)) == wrong


# --- Its points --------------------------------------------------------------------------------------------
def test_points_are_changed_added_and_removed(send, declaration, points):
    first, last = points
    response = send(
        POINTS,
        **{
            f"{first}-number": "2",
            f"{first}-text": "Ändrad.",
            f"{last}-remove": "on",
            "n1-text": "Ett uppdrag ges.",
            "n1-assignee": "Kommundirektören",
            "n2-number": "1",
            "n2-text": "Först.",
            "more": "1",
        },
    )

    assert response["Location"] == POINTS
    assert stored(declaration.matter) == [
        (1, "Först.", ""),
        (2, "Ändrad.", ""),
        (3, "Ett uppdrag ges.", "Kommundirektören"),
    ]
    declaration.refresh_from_db()
    assert declaration.version == 2


def test_two_points_change_places(send, declaration, points):
    first, last = points

    send(POINTS, **{f"{first}-number": "3", f"{first}-text": "Sist.", f"{last}-number": "1"})

    assert stored(declaration.matter) == [(1, "Avsiktsförklaringen godkänns.", ""), (3, "Sist.", "")]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"text": " "}, {"text": ["Skriv punktens text."]}),
        ({"number": ""}, {"number": ["Skriv punktens nummer."]}),
        ({"number": "0"}, {"number": ["Skriv ett heltal från 1 till 999."]}),
        ({"number": "9" * 5000}, {"number": ["Skriv ett heltal, till exempel 3."]}),
        ({"number": "1"}, {"number": ["Två punkter har samma nummer. Ge dem olika."]}),
        ({"assignee": "a" * 151}, {"assignee": ["Skriv högst 150 tecken."]}),
        ({"text": "811228-9874"}, {"text": [REFUSED.format(number="811228-XXXX")]}),
    ],
)
def test_what_does_not_hold_of_a_point_is_told_and_kept(fields, wrong, send, declaration, points):
    last = points[1]
    response = send(
        POINTS, **{f"{last}-{part}": value for part, value in fields.items()}, **{"n1-text": "Ny."}
    )

    errors = faults(response)
    assert errors == {f"{last}-{part}": sentences for part, sentences in wrong.items()}
    assert response.context["form"]["n1-text"].value() == "Ny."
    assert [number for number, *_ in stored(declaration.matter)] == [1, 3]


def test_a_new_point_needs_a_text(send, declaration):
    assert faults(send(POINTS, **{"n1-assignee": "Kommundirektören"})) == {
        "n1-text": ["Skriv punktens text."]
    }


def test_without_a_matter_of_its_own_there_are_no_points_to_write(client, declaration):
    DeclarationFactory(title="En annan", matter=declaration.matter)

    page = client.get(POINTS).content.decode()

    assert "Skriv ärendet först</a>.</p>" in page
    assert "Spara" not in page
    sentence = "Punkterna går inte att skriva: avsiktsförklaringen har inget eget ärende."
    assert faults(client.post(POINTS, {"version": 1})) == {None: [sentence]}


def test_of_two_who_write_points_one_is_told(send, client, declaration, points):
    version = client.get(POINTS).context["form"]["version"].value()
    send(POINTS, **{"n1-text": "Först."})

    response = send(POINTS, **{"version": version, "n1-text": "Sedan."})

    assert list(faults(response)) == [None]
    assert not MatterPoint.objects.filter(text="Sedan.").exists()
    assert response.context["form"]["n1-text"].value() == "Sedan."
