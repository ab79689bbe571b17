"""The export of the list: every row that the filter finds, and a sheet that says what the file holds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from activities.activity_list.filters import ORDERS, ActivityFilter
from activities.models import Activity, FollowUp
from activities.states import Attainment, DecisionLevel, State
from parties.models import User
from parties.roles import Role
from priorities.models import Agreement
from samverkan.lib import clock
from samverkan.lib.spreadsheets import Sheet, Value


def _marked(is_so: bool) -> str:
    """`ja` or empty, so that the few marked rows stand out."""
    return "ja" if is_so else ""


def _newest(read: Callable[[FollowUp], Value]) -> Callable[[Activity], Value]:
    """Reads the follow-up that decides the state; None before the first."""
    return lambda activity: read(activity.counting[0]) if activity.counting else None


def _actual(activity: Activity) -> Decimal | None:
    """The newest value reported, also when later follow-ups reported none."""
    return next((each.actual for each in activity.counting if each.actual is not None), None)


def _happened(activity: Activity) -> str:
    """The newest text; *Inget nytt* keeps the one before."""
    return next((each.what_happened for each in activity.counting if each.what_happened), "")


def _needs(activity: Activity) -> str:
    return "\n".join(
        f"{need.number}. {need.problem}"
        for need in sorted(activity.needs.all(), key=lambda need: need.number)
    )


def _contributors(activity: Activity) -> str:
    parts = activity.contributions.all()
    return ", ".join(part.party.name for part in parts if part.stands)


# Header, width in characters, and the value of a row. The activity comes from `for_export`, with state and flags.
COLUMNS: tuple[tuple[str, int, Callable[[Activity], Value]], ...] = (
    ("Nummer", 9, lambda activity: activity.number),
    ("Namn", 42, lambda activity: activity.title),
    ("Status", 19, lambda activity: State(activity.state).label if activity.is_agreed else ""),
    ("Försenad", 11, lambda activity: _marked(activity.is_overdue)),
    ("Sen start", 11, lambda activity: _marked(activity.is_late_start)),
    ("Inte uppdaterad", 16, lambda activity: _marked(activity.is_not_updated)),
    ("Prioriterat område", 30, lambda activity: activity.priority_area.name),
    ("Geografiska områden", 28, lambda activity: activity.places),
    ("Ansvarig part", 30, lambda activity: activity.lead.name),
    ("Enhet", 26, lambda activity: activity.unit.name if activity.unit else ""),
    ("Ansvarig för genomförandet", 28, lambda activity: activity.owner_title),
    ("Medverkande parter", 36, _contributors),
    ("Behov", 50, _needs),
    ("Mål", 50, lambda activity: activity.goal),
    ("Mått", 30, lambda activity: activity.measure),
    ("Enhet för måttet", 17, lambda activity: activity.measure_unit),
    ("Utgångsvärde", 14, lambda activity: activity.baseline),
    ("Målvärde", 11, lambda activity: activity.target),
    ("Utfall hittills", 15, _actual),
    (
        "Måluppfyllelse",
        18,
        _newest(lambda newest: Attainment(newest.attainment).label if newest.attainment else ""),
    ),
    ("Start", 12, lambda activity: activity.starts_on),
    ("Slut", 12, lambda activity: activity.ends_on),
    ("Återkommande", 15, lambda activity: _marked(activity.is_recurring)),
    ("Intern", 8, lambda activity: _marked(activity.is_internal)),
    ("Läget den", 12, _newest(lambda newest: newest.refers_on)),
    ("Senast skrivet", 15, _newest(lambda newest: clock.local(newest.saved_at).date())),
    ("Vad har hänt", 60, _happened),
    ("Vad behövs", 50, _newest(lambda newest: newest.needed)),
    (
        "Vem behöver besluta",
        20,
        _newest(lambda newest: DecisionLevel(newest.decision_by).label if newest.decision_by else ""),
    ),
    ("Beredning", 12, lambda activity: activity.get_preparation_display()),
)
ADDRESS = ("Adress", 60)


@dataclass(frozen=True)
class ActivityExport:
    """All rows that a filter finds, on every page of the list. A constant number of queries."""

    found: ActivityFilter
    rows: list[Activity]
    by: User
    at: datetime

    @classmethod
    def of(cls, found: ActivityFilter, *, by: User, at: datetime) -> "ActivityExport":
        rows = found.qs  # must come first: it sets `found.day`
        return cls(found, list(rows.for_export(found.day)), by, at)

    @property
    def agreement(self) -> Agreement:
        return self.found.agreement

    @property
    def internal(self) -> int:
        """How many of the rows are internal activities."""
        return sum(activity.is_internal for activity in self.rows)

    def file_name(self, ending: str) -> str:
        """`aktiviteter-2023-2024-2024-09-30.xlsx`: the agreement and the day of the state."""
        return f"aktiviteter-{self.agreement.slug}-{self.found.day.isoformat()}.{ending}"

    def table(self, *, site: str) -> Sheet:
        """The sheet of activities. `site` is the beginning of their addresses."""
        headers, widths, values = zip(*COLUMNS, strict=True)
        return Sheet(
            "Aktiviteter",
            [*headers, ADDRESS[0]],
            ([*(value(one) for value in values), site + one.get_absolute_url()] for one in self.rows),
            [*widths, ADDRESS[1]],
        )

    def about(self) -> Sheet:
        """The sheet that says which agreement, day and filter the file has, and who may read it."""
        return Sheet("Om exporten", ["Uppgift", "Värde"], self._facts(), [30, 90])

    def _facts(self) -> Iterable[tuple[str, Value]]:
        cleaned, faults = self.found.form.cleaned_data, _faults(self.found)
        not_agreed = sum(not activity.is_agreed for activity in self.rows)
        yield "Överenskommelse", self.agreement.title
        yield "Läget per", self.found.day
        yield "Filter", self.found.in_words or "Inget: alla aktiviteter som rollen får se"
        if faults:
            yield "Kunde inte användas i filtret", "\n".join(faults)
        yield "Sorterade efter", ORDERS[cleaned.get("sortera") or "nummer"][0]
        yield "Antal aktiviteter", len(self.rows)
        yield "varav inte beslutade", not_agreed
        yield "varav interna", self.internal
        yield "Filen skapades", self.at
        yield "Visar vad rollen får se", Role(self.by.role).label
        yield "Vem får läsa filen", WITHHELD if not_agreed or self.internal else OPEN
        yield "Vad som gäller när", WHEN


WITHHELD = (
    "Filen innehåller aktiviteter som inte alla får se. Lämna den bara till dem som får se dem i Samverkan."
)
OPEN = "Filen innehåller bara beslutade aktiviteter som inte är interna. Alla som läser överenskommelsen får se dem."
WHEN = (
    "Status, det som är försenat eller inte uppdaterat, vad parterna har skrivit och planens uppgifter gäller dagen i "
    "Läget per. Beredningen är den som gällde när filen skapades, och intern är den aktivitet som var det då eller dagen i "
    "Läget per."
)


def _faults(found: ActivityFilter) -> list[str]:
    """`Ansvarig part: Den parten finns inte.`, one for each filter value that was ignored."""
    fields = found.form.fields
    return [
        f"{fields[name].label}: {sentence}"
        for name, errors in found.form.errors.items()
        for sentence in errors
    ]
