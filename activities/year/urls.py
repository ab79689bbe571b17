from django.urls import path

from activities.year.views import year

urlpatterns = [
    path("<slug:agreement_slug>/arshjul/", year, name="year"),
]
