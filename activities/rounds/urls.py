from django.urls import path

from activities.rounds.views import (
    close_round,
    edit_round,
    new_round,
    remove_round,
    round,
    round_list,
    suggest_rounds,
)

urlpatterns = [
    path("<slug:agreement_slug>/omgangar/", round_list, name="round_list"),
    path("<slug:agreement_slug>/omgangar/ny/", new_round, name="new_round"),
    path("<slug:agreement_slug>/omgangar/foresla/", suggest_rounds, name="suggest_rounds"),
    path("<slug:agreement_slug>/omgangar/<iso:as_of>/", round, name="round"),
    path("<slug:agreement_slug>/omgangar/<iso:as_of>/redigera/", edit_round, name="edit_round"),
    path("<slug:agreement_slug>/omgangar/<iso:as_of>/ta-bort/", remove_round, name="remove_round"),
    path("<slug:agreement_slug>/omgangar/<iso:as_of>/stang/", close_round, name="close_round"),
]
