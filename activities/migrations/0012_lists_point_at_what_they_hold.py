import django.db.models.deletion
from django.db import migrations, models


def empty(apps, schema_editor):
    """The rows are derived from the history, and made anew once the columns are keys."""
    for name in ('PlaceDays', 'NeedDays'):
        apps.get_model('activities', name).objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0011_read_marks'),
        ('priorities', '0007_steps_put_aside'),
    ]

    operations = [
        migrations.RunPython(empty, migrations.RunPython.noop),
        migrations.RemoveField(model_name='needdays', name='other_id'),
        migrations.RemoveField(model_name='placedays', name='other_id'),
        migrations.AddField(
            model_name='needdays',
            name='other',
            field=models.ForeignKey(default=0, on_delete=django.db.models.deletion.PROTECT, related_name='planned_days', to='priorities.need', verbose_name='behov'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='placedays',
            name='other',
            field=models.ForeignKey(default=0, on_delete=django.db.models.deletion.PROTECT, related_name='planned_days', to='priorities.focusarea', verbose_name='geografiskt område'),
            preserve_default=False,
        ),
    ]
