from importlib import import_module

from django.db import migrations

papers = import_module("parties.migrations.0012_papers_as_they_are")


def papers_of_agreements(apps, schema_editor):
    papers.write_digests(
        apps, schema_editor, "priorities", "AgreementAttachment", "AgreementParty", "SituationalPictureAttachment"
    )
    papers.begin_history(apps, "priorities", "AgreementAttachment", "AgreementParty")


class Migration(migrations.Migration):

    dependencies = [
        ("priorities", "0004_signed_papers"),
        ("parties", "0012_papers_as_they_are"),
    ]

    operations = [
        migrations.RunPython(papers_of_agreements, migrations.RunPython.noop),
    ]
