from django.urls import path

from activities.views.listing import activity_list
from activities.views.my_work import my_work
from activities.views.one import activity, follow_up, undo_follow_up

urlpatterns = [
    path("mitt-arbete/", my_work, name="my_work"),
    path("uppfoljningar/<int:pk>/angra/", undo_follow_up, name="undo_follow_up"),
    path("<slug:agreement_slug>/aktiviteter/", activity_list, name="activity_list"),
    path("<slug:agreement_slug>/aktiviteter/<int:number>/", activity, name="activity"),
    path("<slug:agreement_slug>/aktiviteter/<int:number>/folj-upp/", follow_up, name="follow_up"),
]
