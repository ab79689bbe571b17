from django.urls import path

from priorities.signing.views import sign_agreement

urlpatterns = [
    path("<slug:agreement_slug>/underskrifter/", sign_agreement, name="sign_agreement"),
]
