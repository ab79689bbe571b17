from django.db import migrations

LISTS = {'focus_areas': ('PlaceDays', 'focusarea', 'FocusArea'), 'needs': ('NeedDays', 'need', 'Need')}


def give_days(apps, schema_editor):
    """As `activities.models.plan_days.derive` does. What has been removed since cannot be pointed at."""
    of_removed_drafts = apps.get_model('activities', 'ActivityDays').objects.exclude(
        row_id__in=apps.get_model('activities', 'Activity').objects.values('pk')
    )
    of_removed_drafts.delete()
    days = {each.record_id: each for each in apps.get_model('activities', 'ActivityDays').objects.all()}
    for listed, (table, column, other) in LISTS.items():
        kept, Days = apps.get_model('activities', f'HistoricalActivity_{listed}'), apps.get_model('activities', table)
        existing = apps.get_model('priorities', other).objects.values('pk')
        rows = kept.objects.filter(**{f'{column}_id__in': existing}).values_list('history_id', f'{column}_id')
        found = [
            Days(row_id=own.row_id, other_id=key, from_day=own.from_day, until_day=own.until_day)
            for record, key in rows.iterator()
            if (own := days.get(record))
        ]
        Days.objects.bulk_create(found, batch_size=1000)


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0012_lists_point_at_what_they_hold'),
    ]

    operations = [
        migrations.RunPython(give_days, migrations.RunPython.noop),
    ]
