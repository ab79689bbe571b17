from django.urls import path

from activities.needs.views import need, need_list

urlpatterns = [
    path("<slug:agreement_slug>/behov/", need_list, name="need_list"),
    path("<slug:agreement_slug>/behov/<int:number>/", need, name="need"),
]
