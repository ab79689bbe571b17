from django.urls import path

from priorities.declarations.views.declaration import declaration
from priorities.declarations.views.edit import edit_declaration, edit_declaration_part

urlpatterns = [
    path("<slug:agreement_slug>/avsiktsforklaring/", declaration, name="declaration"),
    path("<slug:agreement_slug>/avsiktsforklaring/redigera/", edit_declaration, name="edit_declaration"),
    path(
        "<slug:agreement_slug>/avsiktsforklaring/redigera/<slug:part>/",
        edit_declaration_part,
        name="edit_declaration_part",
    ),
]
