from django.urls import path

from priorities.agreements.views.agreement import agreement
from priorities.agreements.views.decision import record_decision
from priorities.agreements.views.edit import adopt_agreement, edit_agreement, edit_agreement_part

urlpatterns = [
    path("<slug:agreement_slug>/overenskommelse/", agreement, name="agreement"),
    path("<slug:agreement_slug>/redigera/", edit_agreement, name="edit_agreement"),
    path("<slug:agreement_slug>/redigera/<slug:part>/", edit_agreement_part, name="edit_agreement_part"),
    path("<slug:agreement_slug>/faststall/", adopt_agreement, name="adopt_agreement"),
    path("<slug:agreement_slug>/overenskommelse/beslut/", record_decision, name="record_decision"),
]
