from django.urls import path

from activities.activity_list.views.export import activity_export
from activities.activity_list.views.listing import activity_list

urlpatterns = [
    path("<slug:agreement_slug>/aktiviteter/", activity_list, name="activity_list"),
    path("<slug:agreement_slug>/aktiviteter/export.<table:ending>", activity_export, name="activity_export"),
]
