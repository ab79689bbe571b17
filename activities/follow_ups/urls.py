from django.urls import path

from activities.follow_ups.views.answer import answer_question
from activities.follow_ups.views.ask import ask_about, take_back_question
from activities.follow_ups.views.read import mark_read
from activities.follow_ups.views.undo import undo_follow_up
from activities.follow_ups.views.unsaved import discard_unsaved, unsaved_answer

urlpatterns = [
    path("utkast/<int:pk>/", unsaved_answer, name="unsaved_answer"),
    path("utkast/<int:pk>/slang/", discard_unsaved, name="discard_unsaved"),
    path("uppfoljningar/<int:pk>/angra/", undo_follow_up, name="undo_follow_up"),
    path("uppfoljningar/<int:pk>/fraga/", ask_about, name="ask_about"),
    path("uppfoljningar/<int:pk>/fraga/svara/", answer_question, name="answer_question"),
    path("uppfoljningar/<int:pk>/fraga/ta-tillbaka/", take_back_question, name="take_back_question"),
    path("uppfoljningar/<int:pk>/last/", mark_read, name="mark_read"),
]
