from django.db import migrations, models

KINDS = {
    "survey": "Enkät",
    "official_statistics": "Officiell statistik",
    "operations": "Verksamhetsstatistik",
    "dialogue": "Dialog",
    "observation": "Observation",
}


def write_down(apps, schema_editor):
    """Gives what is adopted already the names of today: the only ones that are known."""
    adopted = apps.get_model("priorities", "SourceUse").objects.filter(picture__status="adopted")
    # PostgreSQL keeps the locks during a migration.
    switch = "ALTER TABLE priorities_sourceuse {} TRIGGER USER"
    is_locked = schema_editor.connection.vendor == "postgresql"
    if is_locked:
        schema_editor.execute(switch.format("DISABLE"))
    for use in adopted.select_related("source").prefetch_related("places"):
        use.names_then = {
            "source": use.source.name,
            "publisher": use.source.publisher,
            "kind": KINDS[use.source.kind],
            "places": [place.name for place in use.places.all()],
        }
        use.save(update_fields=["names_then"])
    if is_locked:
        schema_editor.execute(switch.format("ENABLE"))


class Migration(migrations.Migration):

    dependencies = [
        ("priorities", "0002_who_changed_what"),
    ]

    operations = [
        migrations.AddField(
            model_name="sourceuse",
            name="names_then",
            field=models.JSONField(
                blank=True, editable=False, null=True, verbose_name="namn när den fastställdes"
            ),
        ),
        migrations.RunPython(write_down, migrations.RunPython.noop),
    ]
