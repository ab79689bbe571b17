from django.urls import path

from activities.my_work.views import my_work

urlpatterns = [
    path("mitt-arbete/", my_work, name="my_work"),
]
