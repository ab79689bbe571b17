from django.db import migrations, models

from samverkan.lib.matching import write_keys


def keys(apps, schema_editor):
    write_keys(apps.get_model("parties", "Matter"), "case_number")


class Migration(migrations.Migration):

    dependencies = [
        ("parties", "0015_a_kind_is_a_row"),
    ]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="case_number_key",
            field=models.TextField(blank=True, default="", editable=False),
            preserve_default=False,
        ),
        migrations.RunPython(keys, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="matter",
            name="case_number",
            field=models.CharField(max_length=60, verbose_name="diarienummer"),
        ),
        migrations.AlterField(
            model_name="historicalmatter",
            name="case_number",
            field=models.CharField(max_length=60, verbose_name="diarienummer"),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.UniqueConstraint(
                fields=("case_number_key",),
                name="matter_has_a_case_number_of_its_own",
                violation_error_code="case_number",
                violation_error_message="Ett annat ärende har det diarienumret.",
            ),
        ),
    ]
