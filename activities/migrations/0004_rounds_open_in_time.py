from datetime import timedelta

from django.db import migrations


def open_in_time(apps, schema_editor):
    """Every round gets a day on which it opens, at the latest the day after the one that it speaks of, and its last."""
    for each in apps.get_model("activities", "Round").objects.all():
        latest = min(each.as_of + timedelta(days=1), each.due_on)
        if each.opens_on is None or each.opens_on > latest:
            each.opens_on = latest
            each.save(update_fields=["opens_on"])


class Migration(migrations.Migration):

    dependencies = [
        ("activities", "0003_agreed_once_both_have_said_yes"),
    ]

    operations = [migrations.RunPython(open_in_time, migrations.RunPython.noop)]
