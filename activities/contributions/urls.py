from django.urls import path

from activities.contributions.views import contribution

urlpatterns = [
    path(
        "<slug:agreement_slug>/aktiviteter/<int:number>/medverkan/<slug:party_slug>/",
        contribution,
        name="contribution",
    ),
]
