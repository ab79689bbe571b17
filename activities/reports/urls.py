from django.urls import path

from activities.reports.views import report, report_pdf, report_preview

urlpatterns = [
    path("<slug:agreement_slug>/rapporter/", report, name="report"),
    path("<slug:agreement_slug>/rapporter/forhandsvisning/", report_preview, name="report_preview"),
    path("<slug:agreement_slug>/rapporter/uppfoljning.pdf", report_pdf, name="report_pdf"),
]
