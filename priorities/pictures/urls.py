from django.urls import path

from priorities.pictures.views.edit import adopt_picture, edit_picture, new_picture
from priorities.pictures.views.picture import picture, picture_list

urlpatterns = [
    path("lagesbilder/", picture_list, name="picture_list"),
    path("lagesbilder/<int:year>/", picture, name="picture"),
    path("lagesbilder/ny/", new_picture, name="new_picture"),
    path("lagesbilder/<int:year>/redigera/", edit_picture, name="edit_picture"),
    path("lagesbilder/<int:year>/faststall/", adopt_picture, name="adopt_picture"),
]
