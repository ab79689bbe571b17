"""Every member of an enumeration has all that belongs to it; a failure names what is missing: `PAUSED: a colour`."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from enum import Enum

import pytest
from django.db.models import TextChoices

from activities.activity_list.filters import ActivityFilter
from activities.follow_ups.forms.answer import AnswerForm
from activities.models import Round
from activities.overview.rows import OverviewRow
from activities.reminders.occasions import stretches
from activities.reports.since import ORDER
from activities.reports.wording import CLAUSES, Development
from activities.states import (
    Assessment,
    DecisionLevel,
    Flag,
    Occasion,
    Preparation,
    State,
    Status,
    Voice,
)
from parties.acts import Act
from parties.roles import Role
from priorities.models import Agreement, SituationalPicture
from samverkan.glossary import GLOSSARY
from samverkan.lib.icons import shapes
from samverkan.menu import MENUS
from tests.support.source import files

Checks = dict[str, Callable[[Enum], object]]


def lacking(enumeration: type[Enum], checks: Checks) -> list[str]:
    """`NAME: what`, for each thing that a member does not have, be it empty or not there at all."""

    def has(check: Callable[[Enum], object], member: Enum) -> bool:
        try:
            return bool(check(member))
        except (LookupError, ValueError):
            return False

    return [
        f"{member.name}: {what}"
        for member in enumeration
        for what, check in checks.items()
        if not has(check, member)
    ]


def coloured() -> set[str]:
    """The values that a style sheet gives all colours of a state."""
    rules = re.findall(r"([^{}]*)\{([^{}]*)\}", "\n".join(files(".css").values()))
    whole = [names for names, body in rules if {"--state", "--state-tint", "--state-fill"} <= declared(body)]
    return set(re.findall(r"\.state-(\w+)", "\n".join(whole)))


def declared(body: str) -> set[str]:
    return set(re.findall(r"(--[\w-]+):", body))


def template(name: str) -> str:
    return files(".html")[f"templates/{name}"]


def explained(term: str) -> str:
    return next((each.meaning for each in GLOSSARY if each.term == term), "")


def is_slug(text: str) -> bool:
    return re.fullmatch(r"[a-z]+(-[a-z]+)*", text) is not None


def in_the_lists_filter(slug: str) -> bool:
    groups = ActivityFilter.base_filters["status"].extra["choices"]
    return slug in {slug for _, choices in groups for slug, _ in choices}


def asked_for_in_the_form(name: str) -> bool:
    """There is such a field, it stands in the form, and a rule shows it when it is asked for."""
    rule = f'[data-asks~="{name}"]:checked) .asked-{name}'
    form = template("activities/follow_ups/_follow_up_form.html")
    shown = any(rule in sheet for sheet in files(".css").values())
    return name in AnswerForm.base_fields and f"asked-{name}" in form and shown


TABLES: dict[type[TextChoices], Checks] = {
    State: {
        "a row": lambda state: state.traits,
        "a colour": lambda state: state.value in coloured(),
        "an icon": lambda state: shapes(state.traits.icon),
        "an address": lambda state: is_slug(state.slug) and in_the_lists_filter(state.slug),
        "an explanation in the form": lambda state: state.traits.explanation,
        "a definition in the report": lambda state: state.traits.definition.endswith("."),
        "words in the report": lambda state: all(state.traits.words),
        "a status": lambda state: State.of(state.status, state.assessment or "") == state,
        "a place in the form": lambda state: state in State.as_asked(),
        "the fields that it asks for": lambda state: all(map(asked_for_in_the_form, state.traits.asks)),
        "the fields that it demands": lambda state: (
            set(state.traits.demands) <= {"what_happened", *state.traits.asks}
        ),
        "both words of a figure, or none": lambda state: (
            bool(state.traits.attention) == bool(state.traits.in_cell)
        ),
        "a sentence of how it ended": lambda state: state.is_open or Development(state.value),
        "its name in Hjälp": lambda state: state.label in explained("Status"),
    },
    Status: {"a state": lambda status: any(state.status == status for state in State)},
    Assessment: {"a state": lambda assessment: State(assessment.value).assessment == assessment},
    Flag: {
        "a row": lambda flag: flag.traits,
        "a colour": lambda flag: flag.value in coloured(),
        "an icon": lambda flag: shapes(flag.traits.icon),
        "an address": lambda flag: is_slug(flag.slug) and in_the_lists_filter(flag.slug),
        "a definition in the report": lambda flag: flag.traits.definition.endswith("."),
        "words for its figure": lambda flag: flag.traits.several and flag.traits.attention,
        "an answer on Översikt": lambda flag: hasattr(OverviewRow, f"is_{flag}"),
        "its meaning in Hjälp": lambda flag: explained(flag.label),
    },
    Preparation: {
        "an address": lambda each: is_slug(each.slug) and in_the_lists_filter(each.slug),
    },
    Voice: {"its name in Hjälp": lambda voice: explained(voice.label)},
    DecisionLevel: {
        "a row": lambda level: level.traits,
        "a heading in the report": lambda level: level.traits.heading,
        "a sentence when nothing is asked": lambda level: level.traits.none.endswith("."),
        "a name when asked": lambda level: level.traits.asked or level == DecisionLevel.BOARD,
        "a place in the report": lambda level: level in DecisionLevel.as_reported(),
    },
    Development: {
        "words in the report": lambda development: all(CLAUSES[development]),
        "a place in the report's list": lambda development: development in ORDER,
    },
    Occasion: {"a row": lambda occasion: occasion.traits},
    Act: {"a label": lambda act: act.label, "a meaning": lambda act: act.meaning.endswith(".")},
    Role: {
        "a row": lambda role: role.traits,
        "a description": lambda role: role.description.startswith("Du ") and role.description.endswith("."),
        "a menu": lambda role: MENUS[role],
    },
    Agreement.Status: {
        "an icon": lambda status: shapes(status.traits.icon),
        "a colour": lambda status: status.traits.colour in coloured(),
    },
    SituationalPicture.Status: {
        "an icon": lambda status: shapes(status.traits.icon),
        "a colour": lambda status: status.traits.colour in coloured(),
    },
}


@pytest.mark.parametrize("enumeration", TABLES, ids=lambda each: each.__qualname__)
def test_every_member_has_all_that_belongs_to_it(enumeration):
    missing = lacking(enumeration, TABLES[enumeration])

    assert not missing, "\n".join(missing)


def test_what_a_new_member_lacks_is_named():
    class WithOneMore(TextChoices):
        DONE = "done", "Genomförd"
        PAUSED = "paused", "Pausad"

    rows = {WithOneMore.DONE: "check-circle-fill"}
    wanted = {"a row": rows.__getitem__, "a label": lambda each: each.label, "a flag": lambda _: ""}

    assert lacking(WithOneMore, wanted) == ["DONE: a flag", "PAUSED: a row", "PAUSED: a flag"]


@pytest.mark.parametrize(
    "said",
    [
        [each.slug for each in (*State, *Flag, *Preparation)],  # the list's filter has them side by side
        [state.traits.rank for state in State],
        [state.traits.explanation for state in State],
        [each.traits.definition for each in (*State, *Flag)],
        [role.description for role in Role],
        [act.label for act in Act],
        [act.meaning for act in Act],
    ],
    ids=["addresses", "ranks", "explanations", "definitions", "descriptions", "acts", "meanings"],
)
def test_no_two_members_share_what_tells_them_apart(said):
    assert len(said) == len(set(said))


def test_a_states_two_fields_have_its_name():
    stored = {each.value: each.label for each in (*Status, *Assessment)}

    assert {state.value: state.label for state in State} == {
        value: label for value, label in stored.items() if value != Status.ONGOING
    }


def test_every_turn_of_a_round_is_told_once_and_begins_when_the_one_before_has_ended():
    turns = stretches(Round(opens_on=date(2024, 8, 15), due_on=date(2024, 9, 13)))

    assert [turn.occasion for turn in turns] == [each for each in Occasion if each.traits.begins]
    assert all(turn.occasion.traits.is_sent_once for turn in turns)
    assert [turn.until for turn in turns[:-1]] == [turn.since - timedelta(days=1) for turn in turns[1:]]
    assert turns[-1].until is None
