"""What of the activities leaves as a table? Every row that the list shows, and beside it what the table is."""

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
from samverkan.lib.spreadsheets import Sheet, Value


def _marked(is_so: bool) -> str:
    """What is so stands out when the rest is empty."""
    return "ja" if is_so else ""


def _said(read: Callable[[FollowUp], Value]) -> Callable[[Activity], Value]:
    """What the word that decides the state tells; nothing before the first."""
    return lambda activity: read(activity.words[0]) if activity.words else None


def _actual(activity: Activity) -> Decimal | None:
    """The last value that was told, also when later words told none."""
    return next((word.actual for word in activity.words if word.actual is not None), None)


def _happened(activity: Activity) -> str:
    """The last text that was written: *Inget nytt* leaves it standing."""
    return next((word.what_happened for word in activity.words if word.what_happened), "")


def _needs(activity: Activity) -> str:
    return "\n".join(
        f"{need.number}. {need.problem}"
        for need in sorted(activity.needs.all(), key=lambda need: need.number)
    )


def _contributors(activity: Activity) -> str:
    return ", ".join(contribution.party.name for contribution in activity.contributions.all())


# Header, width in characters, and what a row tells. The activity comes from `for_export`, with state and flags.
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
    ("Måluppfyllelse", 18, _said(lambda word: Attainment(word.attainment).label if word.attainment else "")),
    ("Start", 12, lambda activity: activity.starts_on),
    ("Slut", 12, lambda activity: activity.ends_on),
    ("Återkommande", 15, lambda activity: _marked(activity.is_recurring)),
    ("Intern", 8, lambda activity: _marked(activity.is_internal)),
    ("Senast uppföljd", 16, _said(lambda word: word.refers_on)),
    ("Vad har hänt", 60, _happened),
    ("Vad behövs", 50, _said(lambda word: word.needed)),
    (
        "Vem behöver besluta",
        20,
        _said(lambda word: DecisionLevel(word.decision_by).label if word.decision_by else ""),
    ),
    ("Beredning", 12, lambda activity: activity.get_preparation_display()),
)
ADDRESS = ("Adress", 60)


@dataclass(frozen=True)
class ActivityExport:
    """All rows that a filter finds, not one page of them. Reading the rows is a constant number of queries."""

    found: ActivityFilter
    rows: list[Activity]
    by: User
    at: datetime

    @classmethod
    def of(cls, found: ActivityFilter, *, by: User, at: datetime) -> "ActivityExport":
        rows = found.qs  # filtering settles the day
        return cls(found, list(rows.for_export(found.day)), by, at)

    @property
    def agreement(self) -> Agreement:
        return self.found.agreement

    def file_name(self, ending: str) -> str:
        """`aktiviteter-2023-2024-2024-09-30.xlsx`: the agreement and the day that the state is told of."""
        return f"aktiviteter-{self.agreement.slug}-{self.found.day.isoformat()}.{ending}"

    def table(self, *, site: str) -> Sheet:
        """The activities; `site` begins their addresses."""
        headers, widths, tell = zip(*COLUMNS, strict=True)
        return Sheet(
            "Aktiviteter",
            [*headers, ADDRESS[0]],
            ([*(told(one) for told in tell), site + one.get_absolute_url()] for one in self.rows),
            [*widths, ADDRESS[1]],
        )

    def about(self) -> Sheet:
        """Which agreement, which day, which rows, and whom the file is for."""
        return Sheet("Om exporten", ["Uppgift", "Värde"], self._facts(), [30, 90])

    def _facts(self) -> Iterable[tuple[str, Value]]:
        cleaned, faults = self.found.form.cleaned_data, _faults(self.found)
        not_agreed = sum(not activity.is_agreed for activity in self.rows)
        internal = sum(activity.is_internal for activity in self.rows)
        yield "Överenskommelse", self.agreement.title
        yield "Läget per", self.found.day
        yield "Filter", self.found.in_words or "Inget: alla aktiviteter som rollen får se"
        if faults:
            yield "Kunde inte användas i filtret", "\n".join(faults)
        yield "Sorterade efter", ORDERS[cleaned.get("sortera") or "nummer"][0]
        yield "Antal aktiviteter", len(self.rows)
        yield "varav inte beslutade", not_agreed
        yield "varav interna", internal
        yield "Filen skapades", self.at
        yield "Visar vad rollen får se", Role(self.by.role).label
        yield "Vem får läsa filen", WITHHELD if not_agreed or internal else OPEN
        yield "Vad som gäller när", WHEN


WITHHELD = (
    "Filen innehåller aktiviteter som inte alla får se. Lämna den bara till dem som får se dem i Samverkan."
)
OPEN = "Filen innehåller bara beslutade aktiviteter som inte är interna. Alla som läser överenskommelsen får se dem."
WHEN = (
    "Status, det som är försenat eller inte uppdaterat och vad parterna har skrivit gäller dagen i Läget per. "
    "Planens uppgifter visas som de var när filen skapades."
)


def _faults(found: ActivityFilter) -> list[str]:
    """`Ansvarig part: Den parten finns inte.`, for each value of the address that was left out."""
    fields = found.form.fields
    return [
        f"{fields[name].label}: {sentence}"
        for name, errors in found.form.errors.items()
        for sentence in errors
    ]
