from django.urls import path

from activities.party_pages.views import party, party_list

urlpatterns = [
    path("<slug:agreement_slug>/parter/", party_list, name="party_list"),
    path("<slug:agreement_slug>/parter/<slug:party_slug>/", party, name="party"),
]
