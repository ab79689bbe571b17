"""What happens when a declaration, an agreement, its needs and the shared picture are written down?

Keyword-only and atomic. `by` is the person who does it, None for a set-up command; `at` the moment, None when it is
the real one. `seen` is the version that the editor had before them, None when nobody had a form open.
Raises PermissionDenied when `by` may not, ValidationError when something does not hold, Stale when somebody has
saved in between.
"""

from priorities.actions.agreement import (
    adopt_agreement,
    draft_agreement,
    edit_agreement,
    missing_before_adoption,
    next_number,
    set_effect_goal,
)
from priorities.actions.areas import Area, write_areas
from priorities.actions.declaration import (
    Signature,
    edit_declaration,
    write_declaration_matter,
    write_points,
    write_signatories,
)
from priorities.actions.matter import write_matter
from priorities.actions.members import choose_parties, choose_places
from priorities.actions.need import add_need, edit_need, remove_need
from priorities.actions.picture import adopt_picture, draft_picture, edit_picture, missing_parts
from priorities.actions.place import add_place, add_source, free_slug
from priorities.actions.sign import attach_to_agreement, sign_agreement
from priorities.actions.stale import Stale

__all__ = [
    "Area",
    "Signature",
    "Stale",
    "add_need",
    "add_place",
    "add_source",
    "adopt_agreement",
    "adopt_picture",
    "attach_to_agreement",
    "choose_parties",
    "choose_places",
    "draft_agreement",
    "draft_picture",
    "edit_agreement",
    "edit_declaration",
    "edit_need",
    "edit_picture",
    "free_slug",
    "missing_before_adoption",
    "missing_parts",
    "next_number",
    "remove_need",
    "set_effect_goal",
    "sign_agreement",
    "write_areas",
    "write_declaration_matter",
    "write_matter",
    "write_points",
    "write_signatories",
]
