"""Drafts, edits and adopts agreements.

Every action is keyword-only and atomic. `by` is None for a set-up command and `at` is None for the current moment.
`seen` is the version that the editor's form showed, None without a form.
"""

from priorities.agreements.actions.agreement import (
    Missing,
    adopt_agreement,
    draft_agreement,
    edit_agreement,
    missing_before_adoption,
    next_number,
    set_effect_goal,
)
from priorities.agreements.actions.areas import AreaInput, write_areas
from priorities.agreements.actions.decision import record_decision
from priorities.agreements.actions.members import choose_parties, choose_places

__all__ = [
    "AreaInput",
    "Missing",
    "adopt_agreement",
    "choose_parties",
    "choose_places",
    "draft_agreement",
    "edit_agreement",
    "missing_before_adoption",
    "next_number",
    "record_decision",
    "set_effect_goal",
    "write_areas",
]
