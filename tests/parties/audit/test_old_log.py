"""What Django's own log of the administration held is taken over by the migration."""

from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from parties.audit import Act
from parties.audit.verifying import verify
from parties.models import AuditEntry

pytestmark = pytest.mark.django_db
WHEN = datetime(2024, 5, 1, 8, 30, tzinfo=UTC)


def logged(by, row, flag, message):
    return LogEntry.objects.create(
        action_time=WHEN,
        user=by,
        content_type=ContentType.objects.get_for_model(type(row)),
        object_id=str(row.pk),
        object_repr=str(row),
        action_flag=flag,
        change_message=message,
    )


@pytest.fixture
def taken_over(admin, huge, lasare):
    logged(admin, huge, ADDITION, '[{"added": {}}]')
    logged(admin, lasare, CHANGE, '[{"changed": {"fields": ["Part", "Roll"]}}]')
    logged(admin, huge, CHANGE, "skrivet för hand")
    import_module("parties.migrations.0006_audit").take_over_the_old_log(apps, None)
    return list(AuditEntry.objects.order_by("pk"))


def test_each_entry_says_what_the_old_one_did(taken_over, admin, huge, lasare):
    assert [(entry.act, entry.about, entry.key, entry.label, entry.changed) for entry in taken_over] == [
        (Act.ADDED, "parties.party", huge.pk, huge.name, []),
        (
            Act.CHANGED,
            "parties.user",
            lasare.pk,
            f"Konto {lasare.pk}",
            [("Part", "", ""), ("Roll", "", "")],
        ),
        (Act.CHANGED, "parties.party", huge.pk, huge.name, []),
    ]
    assert {(entry.at, entry.account) for entry in taken_over} == {(WHEN, admin)}


def test_the_chain_holds_with_them(taken_over):
    assert verify().entries == 3
