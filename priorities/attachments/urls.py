from django.urls import path

from priorities.attachments.views import (
    agreement_attachment,
    declaration_attachment,
    earlier_attachment,
    earlier_signed_file,
    picture_attachment,
    signed_file,
)

urlpatterns = [
    path("lagesbilder/<int:year>/bilagor/<int:number>/", picture_attachment, name="picture_attachment"),
    path(
        "<slug:agreement_slug>/overenskommelse/bilagor/<int:number>/",
        agreement_attachment,
        name="agreement_attachment",
    ),
    path(
        "<slug:agreement_slug>/overenskommelse/bilagor/tidigare/<int:record>/",
        earlier_attachment,
        name="earlier_attachment",
    ),
    path(
        "<slug:agreement_slug>/underskrifter/tidigare/<int:record>/",
        earlier_signed_file,
        name="earlier_signed_file",
    ),
    path("<slug:agreement_slug>/underskrifter/<slug:party_slug>/", signed_file, name="signed_file"),
    path(
        "<slug:agreement_slug>/avsiktsforklaring/bilagor/<int:number>/",
        declaration_attachment,
        name="declaration_attachment",
    ),
]
