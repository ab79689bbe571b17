"""Renders the report as a PDF, from the same partial templates as the page."""

from django.template.loader import render_to_string

from activities.reports.content import Report
from samverkan.lib import pdf

STYLES = ("css/pages/reports/paper.css",)


def as_pdf(report: Report) -> bytes:
    """A tagged PDF. Raises samverkan.lib.pdf.PdfError."""
    return pdf.make(render_to_string("activities/reports/pdf.html", {"report": report}), styles=STYLES)


def file_name(report: Report) -> str:
    """`uppfoljning-2023-2024-per-2024-08-31.pdf`; for a part `uppfoljning-2023-2024-polisen-per-2024-08-31.pdf`."""
    about = "-".join(filter(None, [report.agreement_slug, report.scope.slug]))
    return f"uppfoljning-{about}-per-{report.as_of.isoformat()}.pdf"
