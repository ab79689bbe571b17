from django.urls import path

from activities.overview.views import overview

urlpatterns = [
    path("<slug:agreement_slug>/oversikt/", overview, name="overview"),
]
