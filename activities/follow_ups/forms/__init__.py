"""The forms for a follow-up, a correction and a question."""

from activities.follow_ups.forms.build import form_for
from activities.follow_ups.forms.follow_up import FollowUpForm
from activities.follow_ups.forms.question import AnswerQuestionForm, QuestionForm

__all__ = ["AnswerQuestionForm", "FollowUpForm", "QuestionForm", "form_for"]
