"""Is the product well? `/halsa/` answers a monitor that has no account."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from samverkan import locked
from samverkan.lib.databases import within
from samverkan.lib.db import is_read_only

HEALTH_SECONDS = 4


@never_cache
@login_not_required
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 if the database answers, can be written, and has every migration and lock; else 503 with all that is wrong.

    Waits for nobody who saves, and a few seconds for a database that does not answer. Reveals nothing secret.
    """
    try:
        with within(HEALTH_SECONDS):
            executor = MigrationExecutor(connection)
            wrong = {
                "migration missing": executor.migration_plan(executor.loader.graph.leaf_nodes()),
                "locks missing": locked.faults(),
                "read only": is_read_only(connection),
            }
        status = ", ".join(name for name, is_wrong in wrong.items() if is_wrong) or "ok"
    except DatabaseError:
        status = "database missing"
    return JsonResponse({"status": status}, status=200 if status == "ok" else 503)
