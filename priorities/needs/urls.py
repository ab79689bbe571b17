from django.urls import path

from priorities.needs.views import edit_need, new_need, remove_need

urlpatterns = [
    path("<slug:agreement_slug>/behov/ny/", new_need, name="new_need"),
    path("<slug:agreement_slug>/behov/<int:number>/redigera/", edit_need, name="edit_need"),
    path("<slug:agreement_slug>/behov/<int:number>/ta-bort/", remove_need, name="remove_need"),
]
