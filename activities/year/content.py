"""The content of *Årshjul*, frozen: rendering makes no queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from activities.year.happening import Happening, Kind, Reminder
from activities.year.wheel import Wheel
from samverkan.lib.numbers import counted


@dataclass(frozen=True)
class Month:
    """`passed`: the days before today. `ahead`: today and later."""

    name: str
    passed: tuple[Happening, ...]
    ahead: tuple[Happening, ...]
    is_past: bool
    is_current: bool


@dataclass(frozen=True)
class Year:
    year: int
    years: Sequence[int]
    today: date
    months: tuple[Month, ...]
    reminders: tuple[Reminder, ...]
    kinds: tuple[Kind, ...]
    wheel: Wheel

    @property
    def headline(self) -> str:
        """What comes next; in another year than the present one, how many days there are."""
        if self.year != self.today.year:
            count = sum(len(month.passed) + len(month.ahead) for month in self.months)
            return f"{counted(count, 'dag', 'dagar')} att hålla reda på." if count else "Inget är inplanerat."
        coming = [each for month in self.months for each in month.ahead if not each.has_happened]
        return f"Näst i tur är {coming[0].in_words}." if coming else "Inget mer är inplanerat i år."
