"""What does the user type when planning an activity, changing its plan or removing a draft?"""

from activities.planning.forms.edit import EditPlanForm, RemoveForm
from activities.planning.forms.new import NewPlanForm
from activities.planning.forms.start import PlanStart

__all__ = ["EditPlanForm", "NewPlanForm", "PlanStart", "RemoveForm"]
