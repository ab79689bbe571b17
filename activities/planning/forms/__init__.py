"""The forms for a new plan, a changed plan and a removed draft."""

from activities.planning.forms.edit import EditPlanForm, RemoveForm
from activities.planning.forms.new import NewPlanForm
from activities.planning.forms.start import PlanStart

__all__ = ["EditPlanForm", "NewPlanForm", "PlanStart", "RemoveForm"]
