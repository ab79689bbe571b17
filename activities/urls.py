from django.urls import path

from activities.views.listing import activity_list
from activities.views.my_work import my_work
from activities.views.one import activity, follow_up, undo_follow_up
from activities.views.report import report, report_pdf, report_preview

urlpatterns = [
    path("mitt-arbete/", my_work, name="my_work"),
    path("uppfoljningar/<int:pk>/angra/", undo_follow_up, name="undo_follow_up"),
    path("<slug:agreement_slug>/rapporter/", report, name="report"),
    path("<slug:agreement_slug>/rapporter/forhandsvisning/", report_preview, name="report_preview"),
    path("<slug:agreement_slug>/rapporter/uppfoljning.pdf", report_pdf, name="report_pdf"),
    path("<slug:agreement_slug>/aktiviteter/", activity_list, name="activity_list"),
    path("<slug:agreement_slug>/aktiviteter/<int:number>/", activity, name="activity"),
    path("<slug:agreement_slug>/aktiviteter/<int:number>/folj-upp/", follow_up, name="follow_up"),
]
