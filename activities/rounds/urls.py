from django.urls import path

from activities.rounds.views.listing import round_list, suggest_rounds
from activities.rounds.views.plan import edit_round, new_round, remove_round
from activities.rounds.views.round import close_round, round

urlpatterns = [
    path("<slug:agreement_slug>/omgangar/", round_list, name="round_list"),
    path("<slug:agreement_slug>/omgangar/ny/", new_round, name="new_round"),
    path("<slug:agreement_slug>/omgangar/foresla/", suggest_rounds, name="suggest_rounds"),
    path("<slug:agreement_slug>/omgangar/<iso:as_of>/", round, name="round"),
    path("<slug:agreement_slug>/omgangar/<iso:as_of>/redigera/", edit_round, name="edit_round"),
    path("<slug:agreement_slug>/omgangar/<iso:as_of>/ta-bort/", remove_round, name="remove_round"),
    path("<slug:agreement_slug>/omgangar/<iso:as_of>/stang/", close_round, name="close_round"),
]
