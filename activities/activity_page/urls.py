from django.urls import path

from activities.activity_page.views import activity, correct_follow_up, follow_up

urlpatterns = [
    path("uppfoljningar/<int:pk>/ratta/", correct_follow_up, name="correct_follow_up"),
    path("<slug:agreement_slug>/aktiviteter/<int:number>/", activity, name="activity"),
    path("<slug:agreement_slug>/aktiviteter/<int:number>/folj-upp/", follow_up, name="follow_up"),
]
