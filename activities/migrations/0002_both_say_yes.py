import samverkan.lib.fields
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce, TruncDate


def say_yes(apps, schema_editor):
    """What was agreed before the days were kept was agreed when its history began; what was proposed waits for the lead party."""
    if schema_editor.connection.vendor == 'postgresql':  # an archived agreement's rows are locked; `migrate` installs the locks again
        schema_editor.execute('ALTER TABLE activities_activity DISABLE TRIGGER USER')
    Activity = apps.get_model('activities', 'Activity')
    History = apps.get_model('activities', 'HistoricalActivity')
    began = History.objects.filter(id=OuterRef('pk')).order_by('history_date', 'history_id')
    day = Coalesce(TruncDate(Subquery(began.values('history_date')[:1])), F('starts_on'))
    Activity.objects.filter(preparation='agreed').update(lead_yes_on=day, coordinator_yes_on=day)
    Activity.objects.filter(preparation='proposed').update(coordinator_yes_on=day)
    unexplained = Activity.objects.filter(preparation='returned', return_reason='')
    unexplained.update(return_reason='Skälet är inte antecknat.')
    replacing = Activity.objects.exclude(replaces=None)
    replacing.update(replace_reason='Skälet är inte antecknat.')
    if schema_editor.connection.vendor == 'postgresql':
        schema_editor.execute('ALTER TABLE activities_activity ENABLE TRIGGER USER')


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0001_initial'),
        ('parties', '0001_initial'),
        ('priorities', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='activity',
            name='coordinator_yes_on',
            field=models.DateField(blank=True, null=True, verbose_name='samordnaren sade ja'),
        ),
        migrations.AddField(
            model_name='activity',
            name='lead_yes_on',
            field=models.DateField(blank=True, null=True, verbose_name='ansvarig part sade ja'),
        ),
        migrations.AddField(
            model_name='activity',
            name='replace_reason',
            field=samverkan.lib.fields.FreeTextField(blank=True, verbose_name='varför den ersätter en annan'),
        ),
        migrations.AddField(
            model_name='contribution',
            name='confirmed_on',
            field=models.DateField(blank=True, null=True, verbose_name='bekräftad av parten'),
        ),
        migrations.AddField(
            model_name='historicalactivity',
            name='coordinator_yes_on',
            field=models.DateField(blank=True, null=True, verbose_name='samordnaren sade ja'),
        ),
        migrations.AddField(
            model_name='historicalactivity',
            name='lead_yes_on',
            field=models.DateField(blank=True, null=True, verbose_name='ansvarig part sade ja'),
        ),
        migrations.AddField(
            model_name='historicalactivity',
            name='replace_reason',
            field=samverkan.lib.fields.FreeTextField(blank=True, verbose_name='varför den ersätter en annan'),
        ),
        migrations.AddField(
            model_name='historicalcontribution',
            name='confirmed_on',
            field=models.DateField(blank=True, null=True, verbose_name='bekräftad av parten'),
        ),
        migrations.AddField(
            model_name='activity',
            name='submission_key',
            field=models.UUIDField(blank=True, editable=False, null=True, unique=True, verbose_name='formulärets nyckel'),
        ),
        migrations.RunPython(say_yes, migrations.RunPython.noop),
    ]
