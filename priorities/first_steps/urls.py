from django.urls import path

from priorities.first_steps.views import first_step, new_agreement

urlpatterns = [
    path("overenskommelse/ny/", new_agreement, name="new_agreement"),
    path("<slug:agreement_slug>/kom-igang/<slug:step>/", first_step, name="first_step"),
]
