from django.urls import path

from activities.reminders.views import mail, mail_log, pause_mail, remind_party, round_mail

urlpatterns = [
    path("<slug:agreement_slug>/omgangar/<iso:as_of>/utskick/", round_mail, name="round_mail"),
    path("<slug:agreement_slug>/omgangar/<iso:as_of>/utskick/paus/", pause_mail, name="pause_mail"),
    path("<slug:agreement_slug>/omgangar/<iso:as_of>/utskick/logg/", mail_log, name="mail_log"),
    path("<slug:agreement_slug>/omgangar/<iso:as_of>/utskick/<int:pk>/", mail, name="mail"),
    path(
        "<slug:agreement_slug>/omgangar/<iso:as_of>/paminn/<slug:party_slug>/",
        remind_party,
        name="remind_party",
    ),
]
