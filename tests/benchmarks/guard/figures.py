"""How many identity numbers the guard refuses and misses, and how often it takes another number for one."""

from collections.abc import Iterable

from samverkan.lib.guard import doubtful_numbers, identity_numbers
from tests.support.written_numbers import look_alikes, written_numbers


def figures(
    count: int, *, numbers: Iterable[str] | None = None, others: Iterable[str] | None = None
) -> dict[str, int]:
    """The figures by name, of `count` texts with an identity number and as many with another number.

    Missed is what is neither refused nor asked about; a false alarm is another number that is either.
    """
    numbers = numbers or (text for _, text in written_numbers(count))
    others = others or (text for _, text in look_alikes(count))
    kinds = [(bool(identity_numbers(text)), bool(doubtful_numbers(text))) for text in numbers]
    return {
        "guard.refused": sum(is_refused for is_refused, _ in kinds),
        "guard.missed": sum(not any(kind) for kind in kinds),
        "guard.false_alarms": sum(bool(identity_numbers(text) or doubtful_numbers(text)) for text in others),
    }
