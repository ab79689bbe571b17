from django.urls import path

from parties.deputies.views import deputies, deputies_of

urlpatterns = [
    path("konto/stallforetradare/", deputies, name="deputies"),
    path("konto/stallforetradare/<int:pk>/", deputies_of, name="deputies_of"),
]
