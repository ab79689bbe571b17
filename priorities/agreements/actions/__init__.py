"""Drafts, writes and adopts agreements.

Keyword-only and atomic. `by` is None for a set-up command, `at` is None for the real moment, and `seen` is the version
that the editor had before them, None when nobody had a form open.
"""

from priorities.agreements.actions.agreement import (
    adopt_agreement,
    draft_agreement,
    edit_agreement,
    missing_before_adoption,
    next_number,
    set_effect_goal,
)
from priorities.agreements.actions.areas import Area, write_areas
from priorities.agreements.actions.members import choose_parties, choose_places

__all__ = [
    "Area",
    "adopt_agreement",
    "choose_parties",
    "choose_places",
    "draft_agreement",
    "edit_agreement",
    "missing_before_adoption",
    "next_number",
    "set_effect_goal",
    "write_areas",
]
