"""The follow-up report: gathered once, rendered as a page and as a PDF."""

from activities.reports.content import Report
from activities.reports.days import check_day, default_day, opened_rounds
from activities.reports.gather import gather
from activities.reports.rendering import as_pdf, file_name
from activities.reports.scope import LABELS, WHOLE, Scope, address_of, scopes

__all__ = [
    "LABELS",
    "WHOLE",
    "Report",
    "Scope",
    "address_of",
    "as_pdf",
    "check_day",
    "default_day",
    "file_name",
    "gather",
    "opened_rounds",
    "scopes",
]
