"""The report's own sentences, made from figures. No queries, no markup."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import TextChoices

from activities.states import DecisionLevel, Flag, State
from samverkan.lib.dates import in_words as day_in_words
from samverkan.lib.names import listing
from samverkan.lib.numbers import counted, in_words, written

TITLE = "Uppföljning av samverkansöverenskommelsen"
EVERYWHERE = "Hela kommunen"
SUMMARY = "Sammanfattning"
BY_AREA = "Status per område"
SINCE = "Ändrat sedan förra omgången"
FLAGGED = "Försenat, sent startat och inte uppdaterat"
LATE_MILESTONES = "Försenade delmål"
GAPS = "Luckor"
APPENDIX = "Bilaga. Så har rapporten tagits fram"

# Heading, column heading of the names, and caption.
BY_PRIORITY_AREA = ("Prioriterade områden", "Prioriterat område", "Status i de prioriterade områdena")
BY_PLACE = ("Geografiska områden", "Geografiskt område", "Status i de geografiska områdena")
OVERLAP = (
    "En aktivitet kan gälla flera geografiska områden och räknas då i vart och ett av dem. "
    "Summan av raderna kan därför vara större än antalet aktiviteter."
)


class Development(TextChoices):
    """How an activity has changed since an earlier day, in the order of the sentence."""

    BETTER = "better", "Bättre"
    WORSE = "worse", "Sämre"
    DONE = "done", "Genomförd"
    CANCELLED = "cancelled", "Avbruten"
    NEW = "new", "Ny"


CLAUSES = {
    Development.BETTER: ("har fått bättre status", "har fått bättre status"),
    Development.WORSE: ("har fått sämre status", "har fått sämre status"),
    Development.DONE: ("har blivit genomförd", "har blivit genomförda"),
    Development.CANCELLED: ("har avbrutits", "har avbrutits"),
    Development.NEW: ("har tillkommit", "har tillkommit"),
}
# The best first.
GOOD = sorted((state for state in State if state.traits.is_good), key=lambda state: -state.traits.rank)


def sentence(text: str) -> str:
    """Adds a capital and a full stop."""
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def band(counts: Mapping[State, int]) -> str:
    """`4 avviker, 3 riskerar att avvika, 10 enligt plan`. Leaves out zeros."""
    parts = [f"{written(count)} {state.traits.label(count)}" for state, count in counts.items() if count]
    return ", ".join(parts) or "Inga aktiviteter"


def headline(counts: Mapping[State, int]) -> str:
    """`19 av 29 aktiviteter är genomförda eller går enligt plan.`"""
    total, good = sum(counts.values()), sum(counts[state] for state in GOOD)
    if total == 0:
        return "Det finns inga beslutade aktiviteter att redovisa."
    if total == 1:
        only = next(state for state, count in counts.items() if count)
        return f"Den enda aktiviteten {only.traits.does(1)}."
    named = [state for state in GOOD if counts[state]] or GOOD
    does = " eller ".join(state.traits.does(good) for state in named)
    if good == total:
        return sentence(f"{_all(total)} {does}")
    return sentence(
        f"{_number(good, total) if good else 'ingen'} av {_number(total, total)} aktiviteter {does}"
    )


def deviations(numbers: Mapping[State, Sequence[int]], *, named: bool) -> str:
    """`Två avviker och en är avbruten.` With `named` the numbers too: `Två avviker (nummer 4 och 7).`

    Empty when nothing deviates, and for a single activity, since the headline says its state.
    """
    if sum(map(len, numbers.values())) <= 1:
        return ""
    parts = []
    for state, these in numbers.items():
        if these and state not in GOOD:
            which = f" (nummer {listing([str(number) for number in sorted(these)])})" if named else ""
            parts.append(f"{in_words(len(these))} {state.traits.does(len(these))}{which}")
    return sentence(listing(parts))


def attention(*, overdue: int, late_start: int, not_updated: int, round_label: str) -> str:
    """`Två är försenade, en har sen start och tre är inte uppdaterade i eller efter omgången Våren.`

    Without `round_label`, as in the chapters, the round is not named.
    """
    counts = {Flag.OVERDUE: overdue, Flag.LATE_START: late_start, Flag.NOT_UPDATED: not_updated}
    parts = [f"{in_words(count)} {flag.traits.does(count)}" for flag, count in counts.items() if count]
    since_when = f" i eller efter omgången {round_label}" if not_updated and round_label else ""
    return sentence(listing(parts) + since_when)


def since(counts: Mapping[Development, int], total: int, round_label: str) -> str:
    """`Två aktiviteter har fått sämre status, en har avbrutits och 14 har samma status som i omgången Våren.`

    Leaves out zeros.
    """
    changed = sum(counts.values())
    same = f"har samma status som i omgången {round_label}"
    parts = [(counts[each], CLAUSES[each][counts[each] > 1]) for each in Development if counts.get(each)]
    if changed < total:
        parts.append((total - changed, same))
    else:
        parts[-1] = (parts[-1][0], f"{parts[-1][1]} sedan omgången {round_label}")
    (count, first), *rest = parts
    if rest:
        noun = f"{in_words(count)} {'aktivitet' if count == 1 else 'aktiviteter'}"
    else:
        noun = "aktiviteten" if total == 1 else _all(total)
    return sentence(listing([f"{noun} {first}", *(f"{in_words(many)} {does}" for many, does in rest)]))


def others(levels: Sequence[DecisionLevel]) -> str:
    """The heading of the questions that are not the board's; empty without any."""
    asked = listing([level.traits.asked for level in levels])
    return f"Frågor till {asked}" if asked else ""


def roles(party: str, *, led: int, contributed: int) -> str:
    """`Polisen ansvarar för fyra av aktiviteterna och medverkar i nio.`"""
    parts = []
    if led:
        parts.append(f"ansvarar för {in_words(led)}")
    if contributed:
        parts.append(f"medverkar i {in_words(contributed)}")
    return f"{party} {listing(parts)}."


def answer(numbers: Sequence[int], place: str) -> str:
    """The activities that answer a need: `Aktiviteterna 1 och 4`, or `Ingen redovisad aktivitet i Vårby`.

    An internal activity may answer it, so that it never says that there is none.
    """
    if not numbers:
        return f"Ingen redovisad aktivitet i {place}" if place else "Ingen redovisad aktivitet"
    noun = "Aktivitet" if len(numbers) == 1 else "Aktiviteterna"
    return f"{noun} {listing([str(number) for number in numbers])}"


def caption(text: str, day: date) -> str:
    return f"{text} den {day_in_words(day)}."


def speaker(*, party: str, title: str, on_behalf: bool) -> str:
    """The party and the function of who wrote a follow-up; never a person's name."""
    if on_behalf:
        return f"{party}, antecknat av samordnaren"
    return f"{party}, {title}" if title else party


def how_it_was_made(
    *, as_of: date, made_on: date, covers: str, asked: str, activities: int, follow_ups: int
) -> tuple[str, ...]:
    """The appendix's paragraphs. `covers`: which activities, empty for all. `asked`: the sentence on which round counts."""
    day = day_in_words(as_of)
    made = (
        f"Rapporten visar läget den {day}. Den togs fram den {day_in_words(made_on)} och är inte fastställd."
    )
    scope = (
        f"{sentence(f'Den omfattar {covers[:1].lower()}{covers[1:]}') if covers else ''} Den redovisar "
        f"{counted(activities, 'aktivitet', 'aktiviteter')} och bygger på "
        f"{counted(follow_ups, 'uppföljning', 'uppföljningar')} från de ansvariga parterna. Rapporten visar de "
        f"aktiviteter som var beslutade den {day}, men inte interna. Innehållet är detsamma vem som än tar fram rapporten."
    )
    rule = (
        f"En aktivitets status är det senaste som den ansvariga parten har sagt om tiden till och med den {day}. "
        "Det som skrivs i en uppföljningsomgång avser omgångens dag, även när det skrivs senare. Det som har tagits tillbaka "
        "eller rättats är inte med. En aktivitet som ingen har följt upp är Inte påbörjad."
    )
    flags = f"Försenad och Sen start räknas den {day}. {asked}"
    plan = f"Aktiviteternas namn, mål, datum, parter och områden är de som gällde den {day}."
    if as_of < made_on:
        plan += " Vad behoven säger, var de finns och vad parter och platser heter är det som gällde när rapporten togs fram."
    return made, scope.strip(), rule, flags, plan


def asked(*, round_label: str, due_on: date | None, is_open: bool) -> str:
    """The sentence on which round decides who is *inte uppdaterad*. `due_on` is None before the first round."""
    if due_on is None:
        return "Ingen uppföljningsomgång hade öppnat. Därför räknas ingen aktivitet som inte uppdaterad."
    still = (
        " Omgången var öppen när rapporten togs fram." if is_open else " Det som sägs efter den räknas också."
    )
    return f"Inte uppdaterad räknas i omgången {round_label}, med sista dag {day_in_words(due_on)}.{still}"


def _all(total: int) -> str:
    """`båda aktiviteterna`, `alla sju aktiviteter`; for two or more."""
    return "båda aktiviteterna" if total == 2 else f"alla {_number(total, total)} aktiviteter"


def _number(count: int, total: int) -> str:
    """In words when the total is at most 12: `fyra av sju`, but `4 av 29`."""
    return in_words(count) if total <= 12 else written(count)
