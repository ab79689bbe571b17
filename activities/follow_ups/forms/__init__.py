"""What does the user type when following up, when setting right what was said, or when asking about it?"""

from activities.follow_ups.forms.correct import CorrectionForm
from activities.follow_ups.forms.follow_up import UNREADABLE, FollowUpForm
from activities.follow_ups.forms.question import QuestionForm

__all__ = ["UNREADABLE", "CorrectionForm", "FollowUpForm", "QuestionForm"]
