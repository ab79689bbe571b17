from io import BytesIO

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from activities.activity_list.export import ActivityExport
from activities.activity_list.filters import ActivityFilter
from activities.models import Activity
from parties import audit
from parties.audit import Act
from parties.requests import SignedInRequest
from priorities.which import agreement_or_404
from samverkan.lib import clock
from samverkan.lib.spreadsheets import CSV_TYPE, XLSX_TYPE, write_csv, write_xlsx


@require_safe
def activity_export(request: SignedInRequest, agreement_slug: str, ending: str) -> HttpResponse:
    """Every row of the list with the same filter, as `xlsx` or `csv`."""
    agreement = agreement_or_404(request, agreement_slug)
    visible = Activity.objects.visible_to(request.user).in_agreement(agreement)
    found = ActivityFilter(request.GET, visible, agreement=agreement, today=clock.today())
    export = ActivityExport.of(found, by=request.user, at=clock.now())
    file, table = BytesIO(), export.table(site=settings.SITE_URL)
    if ending == "csv":
        write_csv(file, table)
    else:
        write_xlsx(file, table, export.about())
    name = export.file_name(ending)
    internal = [("varav interna", "", str(export.internal))] if export.internal else []
    audit.record(Act.EXPORTED, by=request.user, of=agreement, label=name, changes=internal)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }
    kind = CSV_TYPE if ending == "csv" else XLSX_TYPE
    return HttpResponse(file.getvalue(), content_type=kind, headers=headers)
