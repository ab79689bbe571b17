import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A migration of its own: PostgreSQL alters no table that the same transaction has written to."""

    dependencies = [
        ("parties", "0014_kinds_of_parties"),
    ]

    operations = [
        migrations.RemoveField(model_name="party", name="kind"),
        migrations.RenameField(model_name="party", old_name="kind_row", new_name="kind"),
        migrations.AlterField(
            model_name="party",
            name="kind",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parties",
                to="parties.partykind",
                verbose_name="slag",
            ),
        ),
    ]
