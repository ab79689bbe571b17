from django.urls import path

from activities.place_pages.views import place

urlpatterns = [path("<slug:agreement_slug>/platser/<slug:place_slug>/", place, name="place")]
