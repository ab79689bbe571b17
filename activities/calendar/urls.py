from django.urls import path

from activities.calendar.views import calendar, calendar_address

urlpatterns = [
    path("konto/kalender/", calendar_address, name="calendar_address"),
    path("kalender/<str:key>.ics", calendar, name="calendar"),
]
