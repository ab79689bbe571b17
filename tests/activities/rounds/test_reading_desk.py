"""The round's page as a reading desk: the worst first under headings, what is read, and on to the report."""

import re

import pytest

from activities.models import ReadMark
from tests.factories import ActivityFactory, FollowUpFactory, ReadMarkFactory, RoundFactory, UserFactory
from tests.support.stored import rows

pytestmark = pytest.mark.one_database

ROUND = "/2023-2024/omgangar/2024-08-31/"
UNREAD, ALL_READ = "4 uppföljningar är olästa.", "Du har läst alla uppföljningar."


@rows
def round(agreement, huge, polisen):
    """Four follow-ups and two activities without one, stored in another order than they are read in."""
    made = RoundFactory()
    for title, trait in (
        ("Klar", "done"),
        ("Bra", "on_track"),
        ("Osäker", "at_risk"),
        ("Stoppad", "off_track"),
    ):
        FollowUpFactory(activity=ActivityFactory(title=title), round=made, **{trait: True})
    ActivityFactory(title="Tyst")
    ActivityFactory(title="Polisens tysta", lead=polisen)
    return made


@pytest.fixture
def desk(samordnare, client_for):
    return client_for(samordnare)


def groups(client, query="") -> list[tuple[str, list[str]]]:
    return [
        (
            group.label,
            [each.activity.title for each in group.follow_ups] + [each.title for each in group.missing],
        )
        for group in client.get(f"{ROUND}{query}").context["desk"].groups
    ]


def text(client) -> str:
    return client.get(ROUND).content.decode()


def newest(title: str, round) -> int:
    return round.follow_ups.get(activity__title=title).pk


def test_the_worst_is_read_first_and_what_is_missing_before_what_goes_well(round, desk):
    assert groups(desk) == [
        ("Avviker", ["Stoppad"]),
        ("Risk för avvikelse", ["Osäker"]),
        ("Inte uppdaterad", ["Tyst", "Polisens tysta"]),
        ("Enligt plan", ["Bra"]),
        ("Genomförd", ["Klar"]),
    ]
    page = text(desk)
    headings = re.findall(r'<h3 class="desk-head[^>]*>.*?</svg> ([^<]+)</h3>', page, re.DOTALL)
    assert headings == ["Avviker", "Risk för avvikelse", "Inte uppdaterad", "Enligt plan", "Genomförd"]


def test_of_one_party_only_its_own_are_missing(round, desk):
    assert groups(desk, "?part=polisen") == [("Inte uppdaterad", ["Polisens tysta"])]


def test_on_several_pages_what_is_missing_stands_once(round, desk):
    for number in range(30):
        FollowUpFactory(activity=ActivityFactory(title=f"Risk {number}"), round=round, at_risk=True)

    first, second = groups(desk), groups(desk, "?sida=2")

    assert [label for label, _ in first] == ["Avviker", "Risk för avvikelse"]
    assert [label for label, _ in second] == [
        "Risk för avvikelse", "Inte uppdaterad", "Enligt plan", "Genomförd",
    ]  # fmt: skip


def test_what_is_marked_as_read_is_counted_off_and_stays_read_for_the_reader_alone(round, desk, client_for):
    key = newest("Stoppad", round)
    assert UNREAD in text(desk)

    answer = desk.post(f"/uppfoljningar/{key}/last/", {"from_round": "1", "part": "huge", "sida": "2"})

    assert answer["Location"] == f"{ROUND}?part=huge&sida=2#uppfoljning-4"
    page = text(desk)
    assert "3 uppföljningar är olästa." in page
    assert page.count("Markera som läst") == 3
    other = UserFactory(coordinator=True, email="vikarie@example.com")
    assert UNREAD in text(client_for(other))


def test_marking_twice_marks_once(round, desk):
    for _ in range(2):
        desk.post(f"/uppfoljningar/{newest('Bra', round)}/last/", {"from_round": "1"})

    assert ReadMark.objects.count() == 1


def test_a_mark_is_taken_back_by_its_reader_alone(round, desk, client_for):
    key = newest("Stoppad", round)
    other = client_for(UserFactory(coordinator=True, email="vikarie@example.com"))
    for reader in (desk, other):
        reader.post(f"/uppfoljningar/{key}/last/", {"from_round": "1", "last": "ja"})
    assert "Markera som oläst" in text(desk)

    for _ in range(2):  # once more changes nothing
        answer = desk.post(f"/uppfoljningar/{key}/last/", {"from_round": "1", "last": "nej"})

    assert answer["Location"] == f"{ROUND}#uppfoljning-4"
    assert (UNREAD in text(desk), UNREAD in text(other)) == (True, False)


def test_when_all_is_read_it_says_so_and_a_correction_is_unread(round, desk, samordnare):
    for follow_up in round.follow_ups.all():
        ReadMarkFactory(follow_up=follow_up, reader=samordnare)
    assert ALL_READ in text(desk)

    corrected = round.follow_ups.get(activity__title="Bra")
    FollowUpFactory(activity=corrected.activity, round=round, at_risk=True, replaces=corrected)

    assert "1 uppföljning är oläst." in text(desk)


def test_before_anybody_has_followed_up_there_is_nothing_to_read(agreement, desk):
    RoundFactory()

    page = text(desk)

    assert "Ingen har följt upp i omgången än." in page
    assert "oläst" not in page


def test_an_open_round_has_no_report_yet_and_a_closed_one_leads_to_it(round, desk, samordnare):
    assert "Ta fram rapporten" not in text(desk)

    round.closed_on, round.closed_by = round.due_on, samordnare
    round.save()

    url = re.search(r'<a class="btn btn-primary" href="([^"]+)">Ta fram rapporten', text(desk))[1]
    assert url == "/2023-2024/rapporter/forhandsvisning/?per=2024-08-31"
    assert "31 augusti 2024" in desk.get(url).content.decode()
