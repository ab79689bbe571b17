"""What does the user type when following up?"""

from activities.follow_up_forms.follow_up import UNREADABLE, FollowUpForm

__all__ = ["UNREADABLE", "FollowUpForm"]
