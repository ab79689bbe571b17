from django.urls import path

from activities.history.views import activity_history

urlpatterns = [
    path(
        "<slug:agreement_slug>/aktiviteter/<int:number>/historik/", activity_history, name="activity_history"
    ),
]
