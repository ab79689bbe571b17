from django.urls import path

from priorities.agreements.views.agreement import agreement
from priorities.agreements.views.edit import adopt_agreement, edit_agreement, edit_agreement_part
from priorities.attachments.views import (
    agreement_attachment,
    declaration_attachment,
    picture_attachment,
    signed_file,
)
from priorities.declarations.views.declaration import declaration
from priorities.declarations.views.edit import edit_declaration, edit_declaration_part
from priorities.invitations.views import invite
from priorities.needs.views import edit_need, new_need, remove_need
from priorities.pictures.views.edit import adopt_picture, edit_picture, new_picture
from priorities.pictures.views.picture import picture, picture_list
from priorities.signing.views import sign_agreement

urlpatterns = [
    path("lagesbilder/", picture_list, name="picture_list"),
    path("lagesbilder/<int:year>/", picture, name="picture"),
    path("lagesbilder/<int:year>/bilagor/<int:number>/", picture_attachment, name="picture_attachment"),
    path("lagesbilder/ny/", new_picture, name="new_picture"),
    path("lagesbilder/<int:year>/redigera/", edit_picture, name="edit_picture"),
    path("lagesbilder/<int:year>/faststall/", adopt_picture, name="adopt_picture"),
    path("<slug:agreement_slug>/overenskommelse/", agreement, name="agreement"),
    path("<slug:agreement_slug>/redigera/", edit_agreement, name="edit_agreement"),
    path("<slug:agreement_slug>/redigera/<slug:part>/", edit_agreement_part, name="edit_agreement_part"),
    path("<slug:agreement_slug>/faststall/", adopt_agreement, name="adopt_agreement"),
    path("<slug:agreement_slug>/underskrifter/", sign_agreement, name="sign_agreement"),
    path("<slug:agreement_slug>/behov/ny/", new_need, name="new_need"),
    path("<slug:agreement_slug>/behov/<int:number>/redigera/", edit_need, name="edit_need"),
    path("<slug:agreement_slug>/behov/<int:number>/ta-bort/", remove_need, name="remove_need"),
    path(
        "<slug:agreement_slug>/overenskommelse/bilagor/<int:number>/",
        agreement_attachment,
        name="agreement_attachment",
    ),
    path("<slug:agreement_slug>/underskrifter/<slug:party_slug>/", signed_file, name="signed_file"),
    path("<slug:agreement_slug>/avsiktsforklaring/", declaration, name="declaration"),
    path("<slug:agreement_slug>/avsiktsforklaring/redigera/", edit_declaration, name="edit_declaration"),
    path(
        "<slug:agreement_slug>/avsiktsforklaring/redigera/<slug:part>/",
        edit_declaration_part,
        name="edit_declaration_part",
    ),
    path(
        "<slug:agreement_slug>/avsiktsforklaring/bilagor/<int:number>/",
        declaration_attachment,
        name="declaration_attachment",
    ),
    path("<slug:agreement_slug>/parter/<slug:party_slug>/bjud-in/", invite, name="invite"),
]
