"""The forms that follow up, that correct a follow-up, and that ask about one."""

from activities.follow_ups.forms.correct import CorrectionForm
from activities.follow_ups.forms.follow_up import FollowUpForm
from activities.follow_ups.forms.question import QuestionForm

__all__ = ["CorrectionForm", "FollowUpForm", "QuestionForm"]
