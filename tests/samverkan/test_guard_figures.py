"""Identity numbers in every way of writing are refused or asked about; other numbers pass. `make bench` takes 10,000 of each."""

from tests.benchmarks.guard.figures import figures
from tests.support.written_numbers import BORN, OTHERS, WAYS, look_alikes, written_numbers

MANY = 1_500  # at least thirty of each way, and twenty of each other kind


def test_none_is_missed_and_nothing_else_is_taken_for_one():
    taken = figures(MANY)

    assert taken["guard.missed"] == taken["guard.false_alarms"] == 0
    assert MANY / 2 < taken["guard.refused"] < MANY  # the others are asked about


def test_every_way_is_among_them_and_they_are_the_same_each_time():
    numbers, others = list(written_numbers(MANY)), list(look_alikes(MANY))

    assert {way for way, _ in numbers} == WAYS.keys() | BORN.keys()
    assert {kind for kind, _ in others} == OTHERS.keys()
    assert numbers == list(written_numbers(MANY))
    assert others == list(look_alikes(MANY))


def test_what_is_counted_as_missed_would_be_seen():
    """The figures tell of a text without a number, and of a number among the others."""
    assert figures(2, numbers=["Två möten.", "811228-9874"], others=["811228-9874", "8112289874"]) == {
        "guard.refused": 1,
        "guard.missed": 1,
        "guard.false_alarms": 2,
    }
