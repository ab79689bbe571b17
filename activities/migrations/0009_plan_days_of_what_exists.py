from datetime import date
from itertools import groupby, pairwise

from django.db import migrations
from django.db.models import Min
from django.utils import timezone

MODELS = ('Activity', 'Contribution', 'Milestone')
LISTS = {'focus_areas': ('PlaceDays', 'focusarea'), 'needs': ('NeedDays', 'need')}


def give_days(apps, schema_editor):
    """Gives every record of the plan's history the days on which it holds, and a first record to what has none."""
    for name in MODELS:
        begin(apps, name)
    first_days = {key: day_of(at) for key, at in first_moments(apps).items()}
    for name in MODELS:
        keep(apps, name, first_days)


def begin(apps, name):
    """A row without history begins it now; a part of an activity, on the day of the activity's first record."""
    Row, History = apps.get_model('activities', name), apps.get_model('activities', f'Historical{name}')
    lacking = Row.objects.exclude(pk__in=History.objects.values('id'))
    moments = first_moments(apps) if name != 'Activity' else {}
    kept = {field.name for field in History._meta.concrete_fields}
    fields = [field for field in Row._meta.concrete_fields if field.name in kept]
    for row in lacking:
        values = {field.attname: getattr(row, field.attname) for field in fields}
        at = moments.get(getattr(row, 'activity_id', None)) or timezone.now()
        record = History.objects.create(history_date=at, history_type='+', history_relation_id=row.pk, **values)
        for listed, (_, column) in LISTS.items() if name == 'Activity' else ():
            through, list_history = getattr(Row, listed).through, apps.get_model('activities', f'HistoricalActivity_{listed}')
            for key, other in through.objects.filter(activity=row).values_list('pk', f'{column}_id'):
                list_history.objects.create(
                    history=record, id=key, activity_id=row.pk, **{f'{column}_id': other}
                )


def keep(apps, name, first_days):
    """As `activities.models.plan_days.derive` does."""
    History, Days = apps.get_model('activities', f'Historical{name}'), apps.get_model('activities', f'{name}Days')
    owner = 'id' if name == 'Activity' else 'activity_id'
    records = History.objects.order_by('id', 'history_date', 'history_id')
    found = []
    values = records.values_list('id', 'history_id', 'history_date', 'history_type', owner)
    for row, group in groupby(values.iterator(), key=lambda record: record[0]):
        last_of_day = {day_of(at): (key, kind, activity) for _, key, at, kind, activity in group}
        days = [*last_of_day, None]
        for n, (day, following) in enumerate(pairwise(days)):
            key, kind, activity = last_of_day[day]
            begun = first_days.get(activity)
            starts = date.min if n == 0 and begun and day <= begun else day
            if kind != '-':
                found.append(Days(record_id=key, row_id=row, from_day=starts, until_day=following or date.max))
    Days.objects.bulk_create(found, batch_size=1000)
    for listed, (table, column) in LISTS.items() if name == 'Activity' else ():
        list_lists(apps, listed, table, column, {each.record_id: each for each in found})


def list_lists(apps, listed, table, column, of_record):
    kept, Days = apps.get_model('activities', f'HistoricalActivity_{listed}'), apps.get_model('activities', table)
    rows = kept.objects.values_list('history_id', f'{column}_id')
    found = [
        Days(row_id=own.row_id, other_id=other, from_day=own.from_day, until_day=own.until_day)
        for record, other in rows.iterator()
        if (own := of_record.get(record))
    ]
    Days.objects.bulk_create(found, batch_size=1000)


def first_moments(apps):
    History = apps.get_model('activities', 'HistoricalActivity')
    return dict(History.objects.order_by().values_list('id').annotate(Min('history_date')))


def day_of(moment):
    return timezone.localtime(moment).date()


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0008_plan_on_a_day'),
    ]

    operations = [
        migrations.RunPython(give_days, migrations.RunPython.noop),
    ]
