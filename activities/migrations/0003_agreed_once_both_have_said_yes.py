from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('activities', '0002_both_say_yes'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='activity',
            name='activity_has_a_known_preparation',
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('coordinator_yes_on__isnull', True), ('lead_yes_on__isnull', True), ('preparation__in', ['draft', 'returned'])), models.Q(models.Q(models.Q(('coordinator_yes_on__isnull', True), ('lead_yes_on__isnull', False)), models.Q(('coordinator_yes_on__isnull', False), ('lead_yes_on__isnull', True)), _connector='OR'), ('preparation', 'proposed')), models.Q(('coordinator_yes_on__isnull', False), ('lead_yes_on__isnull', False), ('preparation', 'agreed')), _connector='OR'), name='activity_is_agreed_once_both_have_said_yes'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('preparation', 'returned'), _negated=True), models.Q(('return_reason', ''), _negated=True), _connector='OR'), name='activity_that_was_returned_says_why'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('replaces', None), models.Q(('replace_reason', ''), _negated=True), _connector='OR'), name='activity_that_replaces_another_says_why'),
        ),
        migrations.AddConstraint(
            model_name='activity',
            constraint=models.CheckConstraint(condition=models.Q(('replace_reason__length__lte', 5000)), name='activity_replace_reason_has_at_most_5000_characters'),
        ),
    ]
