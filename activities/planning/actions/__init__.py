"""Registers, changes and removes plans, and prepares them from draft to agreed.

Keyword-only and atomic. Each docstring names what it raises.
"""

from activities.planning.actions.plan import Plan, edit_plan, register_activity, remove_draft
from activities.planning.actions.preparation import (
    accept_activity,
    propose_activity,
    replace_activity,
    return_activity,
    withdraw_activity,
)

__all__ = [
    "Plan",
    "accept_activity",
    "edit_plan",
    "propose_activity",
    "register_activity",
    "remove_draft",
    "replace_activity",
    "return_activity",
    "withdraw_activity",
]
