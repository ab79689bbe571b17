from django.urls import path

from activities.planning.views.plan import edit_activity, new_activity, remove_activity
from activities.planning.views.preparation import (
    accept_activity,
    propose_activity,
    return_activity,
    withdraw_activity,
)

urlpatterns = [
    path("<slug:agreement_slug>/aktiviteter/ny/", new_activity, name="new_activity"),
    path("<slug:agreement_slug>/aktiviteter/<int:number>/redigera/", edit_activity, name="edit_activity"),
    path("<slug:agreement_slug>/aktiviteter/<int:number>/ta-bort/", remove_activity, name="remove_activity"),
    path(
        "<slug:agreement_slug>/aktiviteter/<int:number>/foresla/", propose_activity, name="propose_activity"
    ),
    path("<slug:agreement_slug>/aktiviteter/<int:number>/godkann/", accept_activity, name="accept_activity"),
    path(
        "<slug:agreement_slug>/aktiviteter/<int:number>/aterlamna/", return_activity, name="return_activity"
    ),
    path(
        "<slug:agreement_slug>/aktiviteter/<int:number>/ta-tillbaka/",
        withdraw_activity,
        name="withdraw_activity",
    ),
]
