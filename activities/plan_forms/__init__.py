"""What does the user type when planning an activity, changing its plan or removing a draft?"""

from activities.plan_forms.edit import EditPlanForm, RemoveForm, why_closed
from activities.plan_forms.new import NewPlanForm
from activities.plan_forms.start import Start

__all__ = ["EditPlanForm", "NewPlanForm", "RemoveForm", "Start", "why_closed"]
