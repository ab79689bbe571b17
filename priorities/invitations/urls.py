from django.urls import path

from priorities.invitations.views import invite

urlpatterns = [
    path("<slug:agreement_slug>/parter/<slug:party_slug>/bjud-in/", invite, name="invite"),
]
