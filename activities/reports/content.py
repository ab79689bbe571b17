"""The content of the report, frozen: rendering makes no queries. A part without content has no heading."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from activities.reports import wording
from activities.reports.lacking import LateMilestone
from activities.reports.needs import ReportGap, ReportNeed
from activities.reports.scope import Scope, address_of
from activities.states import DecisionLevel, Flag, State
from samverkan.lib.charts import Segment, segments
from samverkan.lib.names import listing


# --- How many in each state ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Band:
    """How many activities there are in each state, the worst first."""

    counts: dict[State, int]

    @classmethod
    def of(cls, states: Iterable[State]) -> "Band":
        counted = Counter(states)
        return cls({state: counted[state] for state in State})

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @cached_property
    def in_words(self) -> str:
        return wording.band(self.counts)

    @cached_property
    def segments(self) -> list[Segment[State]]:
        return segments(self.counts)


@dataclass(frozen=True)
class DiagramRow:
    """A name and the states of its activities. `anchor` is empty when there is no chapter to link to."""

    name: str
    band: Band
    anchor: str = ""


@dataclass(frozen=True)
class Diagram:
    """A band for each area or place. `number` follows the order in the report; the summary's band is number 1."""

    number: int
    heading: str
    column: str  # what the names are
    caption: str
    rows: tuple[DiagramRow, ...]
    note: str = ""


# --- One activity --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ReportFollowUp:
    """A follow-up as the report shows it. `text` is empty when nothing was written."""

    text: str
    refers_on: date
    speaker: str


@dataclass(frozen=True)
class Outcome:
    """The values of the measure, as text with their unit; empty when not known."""

    measure: str
    actual: str
    actual_on: date | None
    baseline: str
    target: str


@dataclass(frozen=True)
class Contributor:
    """A contributing party, what it has promised, and what it said last of what it has done; None when it has not.

    `is_unanswered` when the party had neither said yes or no nor done anything by the day.
    """

    slug: str
    party: str
    what: str
    done: ReportFollowUp | None = None
    is_unanswered: bool = False


@dataclass(frozen=True)
class RelatedActivity:
    """The activity that this one replaces, with the reason, or that replaces it, without one."""

    number: int
    title: str
    reason: str


@dataclass(frozen=True)
class ReportEntry:
    """One activity as of the day."""

    number: int
    title: str
    area: str  # the priority area's slug
    lead: str
    lead_short: str
    lead_slug: str
    owner_title: str
    places: tuple[str, ...]  # none is the whole municipality
    starts_on: date
    ends_on: date
    is_recurring: bool
    state: State
    goal: str
    outcome: Outcome | None
    attainment: str
    contributors: tuple[Contributor, ...]
    newest: ReportFollowUp | None
    is_unchanged: bool
    earlier: ReportFollowUp | None  # the last follow-up with a text, when the newest has none
    needed: str
    decision_by: DecisionLevel | None
    replaces: RelatedActivity | None
    replaced_by: RelatedActivity | None
    is_overdue: bool
    is_late_start: bool
    is_not_updated: bool

    @property
    def where(self) -> str:
        return listing(self.places) or wording.EVERYWHERE

    @property
    def is_long(self) -> bool:
        """Whether the entry may break across pages; shorter ones are kept together."""
        texts = [each.text for each in (self.newest, self.earlier) if each]
        given = [contributor.what for contributor in self.contributors]
        given += [contributor.done.text for contributor in self.contributors if contributor.done]
        why = self.replaces.reason if self.replaces else ""
        return sum(map(len, [self.goal, self.needed, why, *texts, *given])) > 500

    @property
    def is_flagged(self) -> bool:
        return self.is_overdue or self.is_late_start or self.is_not_updated


# --- Parts of the report --------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Questions:
    """The activities that need somebody's decision. `none` is the sentence when there are none."""

    heading: str
    none: str
    entries: tuple[ReportEntry, ...]


@dataclass(frozen=True)
class Others:
    """The questions that are not the board's. The heading is empty when there are none."""

    heading: str
    questions: tuple[Questions, ...]


@dataclass(frozen=True)
class Summary:
    """The summary, readable alone: how it goes, what has changed if that is known, and what the board has to decide."""

    heading: str
    headline: str
    sentences: str
    since: str
    band: Band
    board: Questions


@dataclass(frozen=True)
class StatusChange:
    """How an activity has changed since the previous round. `before` is None for a new one."""

    entry: ReportEntry
    label: str
    before: State | None


@dataclass(frozen=True)
class Since:
    """What has changed since the previous round; empty, with `as_of` None, when there is nothing to compare."""

    sentence: str
    as_of: date | None
    changes: tuple[StatusChange, ...]


@dataclass(frozen=True)
class Chapter:
    """One priority area with its activities, the worst first."""

    slug: str
    name: str
    effect_goal: str
    sentences: str
    band: Band
    needs: tuple[ReportNeed, ...]
    entries: tuple[ReportEntry, ...]


@dataclass(frozen=True)
class ReportPartyRow:
    name: str
    kind: str
    since_year: int | None
    led: int
    contributed: int
    not_updated: int


@dataclass(frozen=True)
class LaterChange:
    """What in an activity's plan was changed on a day after the report's. `title` is that of the report's day."""

    number: int
    title: str
    on: date
    what: tuple[str, ...]

    @property
    def in_words(self) -> str:
        return listing(self.what)


@dataclass(frozen=True)
class Appendix:
    how: tuple[str, ...]
    parties: tuple[ReportPartyRow, ...]
    later: tuple[LaterChange, ...] = ()
    states = tuple((state, state.traits.definition) for state in State)
    flags = tuple((flag, flag.traits.definition) for flag in Flag)


@dataclass(frozen=True)
class Report:
    """The report of an agreement or a part of it, as of a day."""

    title: str
    agreement_slug: str
    period: str
    scope: Scope
    sender: str
    case_number: str
    as_of: date
    made_on: date
    is_example: bool
    parties: tuple[str, ...]
    summary: Summary
    others: Others
    diagrams: tuple[Diagram, ...]
    since: Since
    flagged: tuple[ReportEntry, ...]
    late_milestones: tuple[LateMilestone, ...]
    gaps: tuple[ReportGap, ...]
    chapters: tuple[Chapter, ...]
    appendix: Appendix

    @property
    def name(self) -> str:
        """`Uppföljning av samverkansöverenskommelsen 2023–2024, Polisen`."""
        return ", ".join(filter(None, [f"{self.title} {self.period}", self.scope.short_name]))

    @property
    def address(self) -> str:
        """The query string of its address: `per=2024-08-31&part=polisen`."""
        return address_of(self.as_of, self.scope)

    @property
    def contents(self) -> list[tuple[str, str]]:
        """The anchor and heading of each part, in order."""
        parts = [
            ("sammanfattning", self.summary.heading),
            ("fragor", self.others.heading),
            ("status", wording.BY_AREA if self.diagrams else ""),
            ("andringar", wording.SINCE if self.since.sentence else ""),
            ("uppmarksamhet", wording.FLAGGED if self.flagged else ""),
            ("delmal", wording.LATE_MILESTONES if self.late_milestones else ""),
            ("luckor", wording.GAPS if self.gaps else ""),
            *((f"omrade-{chapter.slug}", chapter.name) for chapter in self.chapters),
            ("bilaga", wording.APPENDIX),
        ]
        return [(anchor, heading) for anchor, heading in parts if heading]
