from datetime import date

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from activities.activity_list.views.export import activity_export
from activities.activity_list.views.listing import activity_list
from activities.activity_page.views import activity, correct_follow_up, follow_up, undo_follow_up
from activities.calendar.views import calendar, calendar_address
from activities.contributions.views import contribution
from activities.follow_ups.views.ask import ask_about, take_back_question
from activities.follow_ups.views.unsaved import discard_unsaved, unsaved_answer
from activities.history.views import activity_history
from activities.milestones.views import edit_milestones, tick_milestone
from activities.my_work.views import my_work
from activities.needs.views import need, need_list
from activities.overview.views import overview
from activities.party_pages.views import party, party_list
from activities.planning.views.plan import edit_activity, new_activity, remove_activity
from activities.planning.views.preparation import (
    accept_activity,
    propose_activity,
    return_activity,
    withdraw_activity,
)
from activities.reminders.views import mail, mail_log, pause_mail, remind_party, round_mail
from activities.reports.views import report, report_pdf, report_preview
from activities.rounds.views import (
    close_round,
    edit_round,
    new_round,
    remove_round,
    round,
    round_list,
    suggest_rounds,
)
from activities.year.views import year


class TableConverter(StringConverter):
    """The endings of the tables that we write."""

    regex = "xlsx|csv"


class DayConverter(StringConverter):
    """A day as `2024-08-31`; what is no day is no address."""

    regex = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> date:  # type: ignore[override] # a converter answers what it likes
        return date.fromisoformat(value)

    def to_url(self, value: date) -> str:  # type: ignore[override] # as above
        return value.isoformat()


register_converter(TableConverter, "table")
register_converter(DayConverter, "iso")

urlpatterns = [
    path("mitt-arbete/", my_work, name="my_work"),
    path("konto/kalender/", calendar_address, name="calendar_address"),
    path("kalender/<str:key>.ics", calendar, name="calendar"),
    path("utkast/<int:pk>/", unsaved_answer, name="unsaved_answer"),
    path("utkast/<int:pk>/slang/", discard_unsaved, name="discard_unsaved"),
    path("uppfoljningar/<int:pk>/ratta/", correct_follow_up, name="correct_follow_up"),
    path("uppfoljningar/<int:pk>/fraga/", ask_about, name="ask_about"),
    path("uppfoljningar/<int:pk>/fraga/ta-tillbaka/", take_back_question, name="take_back_question"),
    path("uppfoljningar/<int:pk>/angra/", undo_follow_up, name="undo_follow_up"),
    path("<slug:agreement_slug>/oversikt/", overview, name="overview"),
    path("<slug:agreement_slug>/arshjul/", year, name="year"),
    path("<slug:agreement_slug>/rapporter/", report, name="report"),
    path("<slug:agreement_slug>/rapporter/forhandsvisning/", report_preview, name="report_preview"),
    path("<slug:agreement_slug>/rapporter/uppfoljning.pdf", report_pdf, name="report_pdf"),
    path("<slug:agreement_slug>/aktiviteter/", activity_list, name="activity_list"),
    path("<slug:agreement_slug>/aktiviteter/export.<table:ending>", activity_export, name="activity_export"),
    path("<slug:agreement_slug>/aktiviteter/ny/", new_activity, name="new_activity"),
    path("<slug:agreement_slug>/aktiviteter/<int:number>/", activity, name="activity"),
    path("<slug:agreement_slug>/aktiviteter/<int:number>/redigera/", edit_activity, name="edit_activity"),
    path("<slug:agreement_slug>/aktiviteter/<int:number>/ta-bort/", remove_activity, name="remove_activity"),
    path("<slug:agreement_slug>/aktiviteter/<int:number>/folj-upp/", follow_up, name="follow_up"),
    path(
        "<slug:agreement_slug>/aktiviteter/<int:number>/foresla/", propose_activity, name="propose_activity"
    ),
    path("<slug:agreement_slug>/aktiviteter/<int:number>/godkann/", accept_activity, name="accept_activity"),
    path(
        "<slug:agreement_slug>/aktiviteter/<int:number>/aterlamna/", return_activity, name="return_activity"
    ),
    path(
        "<slug:agreement_slug>/aktiviteter/<int:number>/ta-tillbaka/",
        withdraw_activity,
        name="withdraw_activity",
    ),
    path("<slug:agreement_slug>/aktiviteter/<int:number>/delmal/", edit_milestones, name="edit_milestones"),
    path(
        "<slug:agreement_slug>/aktiviteter/<int:number>/delmal/<int:pk>/",
        tick_milestone,
        name="tick_milestone",
    ),
    path(
        "<slug:agreement_slug>/aktiviteter/<int:number>/historik/", activity_history, name="activity_history"
    ),
    path(
        "<slug:agreement_slug>/aktiviteter/<int:number>/medverkan/<slug:party_slug>/",
        contribution,
        name="contribution",
    ),
    path("<slug:agreement_slug>/behov/", need_list, name="need_list"),
    path("<slug:agreement_slug>/behov/<int:number>/", need, name="need"),
    path("<slug:agreement_slug>/parter/", party_list, name="party_list"),
    path("<slug:agreement_slug>/parter/<slug:party_slug>/", party, name="party"),
    path("<slug:agreement_slug>/omgangar/", round_list, name="round_list"),
    path("<slug:agreement_slug>/omgangar/ny/", new_round, name="new_round"),
    path("<slug:agreement_slug>/omgangar/foresla/", suggest_rounds, name="suggest_rounds"),
    path("<slug:agreement_slug>/omgangar/<iso:as_of>/", round, name="round"),
    path("<slug:agreement_slug>/omgangar/<iso:as_of>/redigera/", edit_round, name="edit_round"),
    path("<slug:agreement_slug>/omgangar/<iso:as_of>/ta-bort/", remove_round, name="remove_round"),
    path("<slug:agreement_slug>/omgangar/<iso:as_of>/stang/", close_round, name="close_round"),
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
