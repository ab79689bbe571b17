from django.db import migrations, models

from samverkan.lib.matching import write_keys


def keys(apps, schema_editor):
    write_keys(apps.get_model("parties", "Party"), "name")
    write_keys(apps.get_model("parties", "Unit"), "name", within=("party",))


class Migration(migrations.Migration):

    dependencies = [
        ("parties", "0012_papers_as_they_are"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="party", name="party_has_a_name_of_its_own"),
        migrations.RemoveConstraint(model_name="unit", name="unit_has_a_name_of_its_own_within_its_party"),
        migrations.AddField(
            model_name="party",
            name="name_key",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="unit",
            name="name_key",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(keys, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(
                fields=("name_key",),
                name="party_has_a_name_of_its_own",
                violation_error_code="name",
                violation_error_message="En annan part har det namnet.",
            ),
        ),
        migrations.AddConstraint(
            model_name="unit",
            constraint=models.UniqueConstraint(
                fields=("party", "name_key"),
                name="unit_has_a_name_of_its_own_within_its_party",
                violation_error_code="name",
                violation_error_message="Parten har redan en enhet med det namnet.",
            ),
        ),
    ]
