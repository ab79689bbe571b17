from django.urls import path

from activities.milestones.views import edit_milestones, tick_milestone

urlpatterns = [
    path("<slug:agreement_slug>/aktiviteter/<int:number>/delmal/", edit_milestones, name="edit_milestones"),
    path(
        "<slug:agreement_slug>/aktiviteter/<int:number>/delmal/<int:pk>/",
        tick_milestone,
        name="tick_milestone",
    ),
]
