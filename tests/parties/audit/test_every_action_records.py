"""No action on accounts, roles, parties, lists, adoptions, imports and exports forgets the log of changes."""

import ast
import re

import pytest

from parties.audit import Act
from tests.support.source import files

ROOMS = (
    "parties/accounts", "parties/calendar_addresses", "parties/declarations", "parties/deputies", "parties/directory",
    "priorities/places", "priorities/signing",
)  # fmt: skip
SINGLE = {
    "priorities/agreements/actions/agreement.py": {"adopt_agreement", "draft_agreement"},
    "priorities/pictures/actions.py": {"adopt_picture", "draft_picture"},
    "priorities/declarations/actions/declaration.py": {"_write_signature"},
    "parties/transfer/recorded.py": {"after_saving", "after_export"},
    "parties/audit/administration.py": {"export"},
    "parties/audit/pruning.py": {"prune"},
    "activities/activity_list/views/export.py": {"activity_export"},
    "activities/reports/views.py": {"report_pdf"},
}
# What records by what it calls, and what changes nothing.
BY_ANOTHER = {
    "resend_invitation": "invite_on_commit",
    "correct_address": "change_user",
    "revoke_calendar_address": "end_calendar_address",
    "get_or_add_source": "add_source",
    "get_or_add_kind": "add_kind",
    "free_slug": "changes nothing",
    "refuse_invalid_account": "changes nothing",
    "refuse_invalid_party": "changes nothing",
    "refuse_invalid_deputy": "changes nothing",
}


def functions(text: str) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)}


def records(function: ast.FunctionDef, others: dict[str, ast.FunctionDef]) -> bool:
    """Whether the function, or a private one beside it that it calls, adds an entry."""
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        if name in {"record", "record_change"} or ast.unparse(call.func) in {"audit.add", "audit.change"}:
            return True
        if name.startswith("_") and name in others and records(others[name], {}):
            return True
    return False


def silent(text: str, names: set[str] | None = None) -> set[str]:
    found = functions(text)
    wanted = names or {name for name in found if not name.startswith("_")} - BY_ANOTHER.keys()
    return {name for name in wanted if name not in found or not records(found[name], found)}


def test_every_action_of_these_rooms_records():
    pattern = re.compile(rf"^({'|'.join(ROOMS)})/actions(/\w+)?\.py$")
    found = {name: silent(text) for name, text in files(".py").items() if pattern.match(name)}

    assert len(found) >= len(ROOMS)
    assert {name: names for name, names in found.items() if names} == {}


@pytest.mark.parametrize("name", SINGLE)
def test_single_actions_elsewhere_record(name):
    assert silent(files(".py")[name], SINGLE[name]) == set()


def test_a_silent_action_is_seen():
    code = "def add(): _save()\ndef _save(): audit.record()\ndef change(): save()"
    assert silent(code) == {"change"}


def test_every_act_is_recorded_somewhere():
    """A mask is recorded where masks are made."""
    code = "\n".join(
        text for name, text in files(".py").items() if re.match(r"(activities|parties|priorities)/", name)
    )
    assert [act.name for act in Act if act is not Act.MASKED and code.count(f"Act.{act.name}") < 2] == []
