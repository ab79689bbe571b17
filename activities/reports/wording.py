"""What does the report say in words of its own? Sentences from figures: no query, no markup."""

from collections.abc import Mapping, Sequence
from datetime import date

from activities.states import DecisionLevel, State
from samverkan.lib.dates import in_words as day_in_words
from samverkan.lib.numbers import counted, in_words, written

TITLE = "Uppföljning av samverkansöverenskommelsen"
EVERYWHERE = "Hela kommunen"

# What one and what several activities do in each state.
VERBS = {
    State.OFF_TRACK: ("avviker", "avviker"),
    State.AT_RISK: ("riskerar att avvika", "riskerar att avvika"),
    State.ON_TRACK: ("går enligt plan", "går enligt plan"),
    State.NOT_STARTED: ("är inte påbörjad", "är inte påbörjade"),
    State.DONE: ("är genomförd", "är genomförda"),
    State.CANCELLED: ("är avbruten", "är avbrutna"),
}
LABELS = {
    State.OFF_TRACK: ("avviker", "avviker"),
    State.AT_RISK: ("riskerar att avvika", "riskerar att avvika"),
    State.ON_TRACK: ("enligt plan", "enligt plan"),
    State.NOT_STARTED: ("inte påbörjad", "inte påbörjade"),
    State.DONE: ("genomförd", "genomförda"),
    State.CANCELLED: ("avbruten", "avbrutna"),
}
GOOD = (State.DONE, State.ON_TRACK)

DEFINITIONS = (
    (State.OFF_TRACK, "Aktiviteten kan inte slutföras som planerat utan hjälp eller beslut."),
    (State.AT_RISK, "Aktiviteten kan bli försenad eller mindre omfattande än planerat."),
    (State.ON_TRACK, "Aktiviteten följer tidplan och omfattning."),
    (State.NOT_STARTED, "Aktiviteten har inte startat."),
    (State.DONE, "Aktiviteten är slutförd."),
    (State.CANCELLED, "Aktiviteten genomförs inte."),
)
FLAGS = (
    ("overdue", "Slutdatumet har passerat och aktiviteten är varken genomförd eller avbruten."),
    ("late_start", "Startdatumet har passerat och aktiviteten är inte påbörjad."),
    ("not_updated", "Den ansvariga parten har inte följt upp aktiviteten i uppföljningsomgången."),
)
QUESTIONS = {
    DecisionLevel.BOARD: ("Att besluta i kommunstyrelsen", "Ingen fråga är ställd till kommunstyrelsen."),
    DecisionLevel.STEERING_GROUP: ("Att besluta i styrgruppen", "Ingen fråga är ställd till styrgruppen."),
    DecisionLevel.PARTY: ("Parternas egna beslut", "Ingen part har en egen fråga att besluta om."),
}


def listing(words: Sequence[str]) -> str:
    """`Vårby, Skogås och Flemingsberg`; empty of none."""
    return " och ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def sentence(text: str) -> str:
    """With a capital first and a full stop last."""
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def band(counts: Mapping[State, int]) -> str:
    """`4 avviker, 3 riskerar att avvika, 10 enligt plan`; what there is none of is not said."""
    parts = [f"{written(count)} {LABELS[state][count != 1]}" for state, count in counts.items() if count]
    return ", ".join(parts) or "Inga aktiviteter"


def headline(counts: Mapping[State, int]) -> str:
    """`19 av 29 aktiviteter är genomförda eller går enligt plan.`"""
    total, good = sum(counts.values()), sum(counts[state] for state in GOOD)
    if total == 0:
        return "Det finns inga beslutade aktiviteter att redovisa."
    if total == 1:
        only = next(state for state, count in counts.items() if count)
        return f"Den enda aktiviteten {VERBS[only][0]}."
    said = [state for state in GOOD if counts[state]] or GOOD
    does = " eller ".join(VERBS[state][good > 1] for state in said)
    if good == total:
        return f"Alla {_number(total, total)} aktiviteter {does}."
    return sentence(
        f"{_number(good, total) if good else 'ingen'} av {_number(total, total)} aktiviteter {does}"
    )


def deviations(numbers: Mapping[State, Sequence[int]], *, named: bool) -> str:
    """`Två avviker och en är avbruten.` with `named` also which: `Två avviker (nummer 4 och 7).`

    Empty when nothing deviates, and of a single activity, whose state the headline has said.
    """
    if sum(map(len, numbers.values())) <= 1:
        return ""
    parts = []
    for state, these in numbers.items():
        if these and state not in GOOD:
            which = f" (nummer {listing([str(number) for number in sorted(these)])})" if named else ""
            parts.append(f"{in_words(len(these))} {VERBS[state][len(these) > 1]}{which}")
    return sentence(listing(parts))


def attention(*, overdue: int, late_start: int, not_updated: int, round_label: str) -> str:
    """`Två är försenade, en har sen start och tre är inte uppdaterade i omgången Delår per 31 augusti 2024.`"""
    parts = []
    if overdue:
        parts.append(f"{in_words(overdue)} är {'försenad' if overdue == 1 else 'försenade'}")
    if late_start:
        parts.append(f"{in_words(late_start)} har sen start")
    if not_updated:
        word = "uppdaterad" if not_updated == 1 else "uppdaterade"
        parts.append(f"{in_words(not_updated)} är inte {word} i omgången {round_label}")
    return sentence(listing(parts))


def speaker(*, party: str, title: str, on_behalf: bool) -> str:
    """Who said it: a party, by a function. Never a person's name."""
    if on_behalf:
        return f"{party}, antecknat av samordnaren"
    return f"{party}, {title}" if title else party


def how_it_was_made(
    *, as_of: date, made_on: date, asked: str, activities: int, words: int
) -> tuple[str, ...]:
    """The appendix's paragraphs; `asked` says which round counts."""
    day = day_in_words(as_of)
    made = (
        f"Rapporten visar läget den {day}. Den togs fram den {day_in_words(made_on)} och är inte fastställd."
    )
    scope = (
        f"Den omfattar {counted(activities, 'aktivitet', 'aktiviteter')} och bygger på "
        f"{counted(words, 'uppföljning', 'uppföljningar')} från de ansvariga parterna. Rapporten visar beslutade "
        "aktiviteter, men inte interna. Innehållet är detsamma vem som än tar fram rapporten."
    )
    rule = (
        f"En aktivitets status är det senaste som den ansvariga parten har sagt om tiden till och med den {day}. "
        "Det som skrivs i en uppföljningsomgång avser omgångens dag, även när det skrivs senare. Det som har tagits tillbaka "
        "eller rättats är inte med. En aktivitet som ingen har följt upp är Inte påbörjad."
    )
    flags = f"Försenad och Sen start räknas den {day}. {asked}"
    plan = "Aktiviteternas namn, mål, datum, parter och områden är de som gällde när rapporten togs fram."
    return made, scope, rule, flags, plan


def asked(*, round_label: str, due_on: date | None, is_open: bool) -> str:
    """Which round tells who has not updated; `due_on` None before the first."""
    if due_on is None:
        return "Ingen uppföljningsomgång hade öppnat. Därför räknas ingen aktivitet som inte uppdaterad."
    still = " Omgången var öppen när rapporten togs fram." if is_open else ""
    return f"Inte uppdaterad räknas i omgången {round_label}, med sista dag {day_in_words(due_on)}.{still}"


def _number(count: int, total: int) -> str:
    """In words as long as both are small: `fyra av sju`, but `4 av 29`."""
    return in_words(count) if total <= 12 else written(count)
