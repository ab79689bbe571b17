from hashlib import sha256

from django.db import migrations
from django.utils import timezone

SWITCH = "ALTER TABLE {} {} TRIGGER USER"  # PostgreSQL keeps the locks during a migration


def begin_history(apps, app, *names):
    """Gives each row its first record, with what stands in it now."""
    for name in names:
        model, history = apps.get_model(app, name), apps.get_model(app, f"Historical{name}")
        kept = {field.attname for field in history._meta.concrete_fields}
        columns = [field.attname for field in model._meta.concrete_fields if field.attname in kept]
        records = [
            history(
                history_date=timezone.now(),
                history_type="+",
                history_relation=row,
                **{column: getattr(row, column) for column in columns},
            )
            for row in model.objects.exclude(pk__in=history.objects.values("id"))
        ]
        history.objects.bulk_create(records, batch_size=500)


def write_digests(apps, schema_editor, app, *names):
    """A file that is missing gets none."""
    for name in names:
        model = apps.get_model(app, name)
        is_locked, table = schema_editor.connection.vendor == "postgresql", model._meta.db_table
        if is_locked:
            schema_editor.execute(SWITCH.format(table, "DISABLE"))
        for row in model.objects.exclude(file=""):
            model.objects.filter(pk=row.pk).update(digest=digest_of(row.file))
        if is_locked:
            schema_editor.execute(SWITCH.format(table, "ENABLE"))


def digest_of(file):
    try:
        return sha256(file.read()).hexdigest()
    except OSError:
        return ""


def papers_of_declarations(apps, schema_editor):
    write_digests(apps, schema_editor, "parties", "DeclarationAttachment")
    begin_history(apps, "parties", "DeclarationAttachment", "Matter", "MatterPoint", "Signatory")


class Migration(migrations.Migration):

    dependencies = [
        ("parties", "0011_signed_papers"),
    ]

    operations = [
        migrations.RunPython(papers_of_declarations, migrations.RunPython.noop),
    ]
