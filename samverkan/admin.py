"""Django's own log of changes in the administration, read-only."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db.models import QuerySet

from parties.models import User
from samverkan.lib.administration import Rows


@admin.register(LogEntry)
class LogAdmin(Rows):
    group = "Läs historiken"
    plural = "ändringslogg"
    list_display = ("action_time", "user", "content_type", "object_repr", "summary")
    list_select_related = ("user", "content_type")
    search_fields = ("object_repr", "user__display_name")
    facts = ("action_time", "user", "content_type", "object_repr", "action_flag")

    def visible_to(self, user: Any) -> QuerySet[Any]:
        return LogEntry.objects.filter(user__in=User.objects.visible_to(user))

    @admin.display(description="vad")
    def summary(self, entry: LogEntry) -> str:
        return entry.get_change_message()
