"""What we do about it: activities, their milestones, the rounds and what was followed up."""

from activities.models.activity import Activity, Contribution, Milestone
from activities.models.follow_up import FollowUp
from activities.models.round import Round

__all__ = ["Activity", "Contribution", "FollowUp", "Milestone", "Round"]
