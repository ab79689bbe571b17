from django.urls import path

from priorities.views.agreement import agreement
from priorities.views.attachment import (
    agreement_attachment,
    declaration_attachment,
    picture_attachment,
    signed_file,
)
from priorities.views.declaration import declaration
from priorities.views.picture import picture, picture_list

urlpatterns = [
    path("lagesbilder/", picture_list, name="picture_list"),
    path("lagesbilder/<int:year>/", picture, name="picture"),
    path("lagesbilder/<int:year>/bilagor/<int:number>/", picture_attachment, name="picture_attachment"),
    path("<slug:agreement_slug>/overenskommelse/", agreement, name="agreement"),
    path(
        "<slug:agreement_slug>/overenskommelse/bilagor/<int:number>/",
        agreement_attachment,
        name="agreement_attachment",
    ),
    path("<slug:agreement_slug>/underskrifter/<slug:party_slug>/", signed_file, name="signed_file"),
    path("<slug:agreement_slug>/avsiktsforklaring/", declaration, name="declaration"),
    path(
        "<slug:agreement_slug>/avsiktsforklaring/bilagor/<int:number>/",
        declaration_attachment,
        name="declaration_attachment",
    ),
]
