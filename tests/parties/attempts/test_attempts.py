"""Counters of attempts: what one holds, when it ends, and that nothing removes one before."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import F

from parties import attempts
from parties.attempts import LIMITS, MINUTE, TooMany, counters
from parties.models import AttemptCounter

ASKER = {"client": "198.51.100.7", "account": "huge@example.com"}


def take(key: str = "k", most: int = 2, lasts: timedelta = MINUTE) -> bool:
    return counters.take(key, most=most, lasts=lasts)


def passed(time: timedelta) -> None:
    AttemptCounter.objects.update(ends_at=F("ends_at") - time)


def test_as_many_as_may_are_counted_and_no_more(db):
    assert [take(), take(), take(), take()] == [True, True, False, False]
    assert AttemptCounter.objects.get().count == 2
    assert take("another")


def test_the_time_begins_with_the_first_attempt_and_no_later_one_prolongs_it(db):
    take()
    end = AttemptCounter.objects.get().ends_at
    take()
    take()

    assert AttemptCounter.objects.get().ends_at == end
    passed(MINUTE)
    assert [take(), take(), take()] == [True, True, False]
    assert AttemptCounter.objects.get().ends_at > end


def test_a_time_that_a_wrong_clock_has_given_is_over_when_the_clock_is_right(db):
    """A clock that ran ahead for a minute would have closed the sign-in for years."""
    assert [take(), take(), take()] == [True, True, False]
    passed(timedelta(days=-1500))

    assert [take(), take(), take()] == [True, True, False]


def test_what_is_given_back_may_be_used_again(db):
    take()
    take()
    counters.give_back(["k", "unknown"])

    assert [take(), take()] == [True, False]
    for _ in range(3):
        counters.give_back(["k"])
    assert AttemptCounter.objects.get().count == 0


def test_counters_whose_time_is_up_are_removed_a_few_at_a_time_and_no_others(db):
    for number in range(counters.SWEPT + 5):
        take(f"old {number}")
    passed(MINUTE)
    for number in range(5):
        take(f"new {number}")

    keys = AttemptCounter.objects.values_list("key", flat=True)
    assert sorted(keys) == [f"new {number}" for number in range(5)]
    for number in range(300):
        take(f"more {number}")
    assert AttemptCounter.objects.count() == 305


def test_neither_addresses_nor_networks_lie_there(db):
    attempts.count("password", **ASKER)

    stored = " ".join(AttemptCounter.objects.values_list("key", flat=True))
    assert AttemptCounter.objects.count() == len(LIMITS["password"])
    assert "huge" not in stored
    assert "198" not in stored


def test_one_limit_that_refuses_keeps_the_attempt_from_those_after_it(db):
    """A stranger who is stopped does not fill the account's own ceiling."""
    for _ in range(20):
        attempts.is_allowed("password", **ASKER)

    counted = sorted(AttemptCounter.objects.values_list("count", flat=True))
    assert counted == [5, 5, 5, 20]  # the account, the pair by the day and by five minutes, and the client


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (1, "1 minut"),
        (90, "2 minuter"),
        (300, "5 minuter"),
        (3500, "59 minuter"),
        (3600, "1 timme"),
        (86400, "24 timmar"),
    ],
)
def test_the_wait_is_told_in_words(left, words, db):
    ceiling = LIMITS["short code"][0]
    for _ in range(ceiling.most):
        attempts.count("short code", **ASKER)
    passed(ceiling.lasts - timedelta(seconds=left))

    with pytest.raises(TooMany) as refused:
        attempts.count("short code", **ASKER)
    assert refused.value.wait == words


@pytest.mark.django_db(transaction=True)
def test_an_attempt_outside_a_transaction_stays_whatever_happens_next():
    take()
    with transaction.atomic():
        take()
        transaction.set_rollback(True)

    assert AttemptCounter.objects.get().count == 1
