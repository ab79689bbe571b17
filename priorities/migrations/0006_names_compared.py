from django.db import migrations, models

from samverkan.lib.matching import write_keys


def keys(apps, schema_editor):
    write_keys(apps.get_model("priorities", "Place"), "name")
    write_keys(apps.get_model("priorities", "Source"), "name")


class Migration(migrations.Migration):

    dependencies = [
        ("priorities", "0005_papers_as_they_are"),
    ]

    operations = [
        migrations.AddField(
            model_name="place",
            name="name_key",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="source",
            name="name_key",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="place",
            name="name",
            field=models.CharField(max_length=120, verbose_name="namn"),
        ),
        migrations.AlterField(
            model_name="source",
            name="name",
            field=models.CharField(max_length=200, verbose_name="namn"),
        ),
        migrations.RunPython(keys, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="place",
            constraint=models.UniqueConstraint(
                fields=("name_key",),
                name="place_has_a_name_of_its_own",
                violation_error_code="name",
                violation_error_message="En annan plats har det namnet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="source",
            constraint=models.UniqueConstraint(
                fields=("name_key",),
                name="source_has_a_name_of_its_own",
                violation_error_code="name",
                violation_error_message="En annan källa har det namnet.",
            ),
        ),
    ]
