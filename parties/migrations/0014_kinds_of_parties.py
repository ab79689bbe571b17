import django.db.models.deletion
from django.db import migrations, models

import samverkan.lib.fields
from samverkan.lib.matching import for_matching

# The name of each kind; the key is what a party's kind was stored as before, where there was one.
KINDS = {
    "municipality": "Kommun",
    "region": "Region",
    "state_authority": "Statlig myndighet",
    "municipal_federation": "Kommunalförbund",
    "municipal_company": "Kommunalt bolag",
    "association": "Förening",
    "private_landlord": "Privat fastighetsägare",
}


def move(apps, schema_editor):
    kinds, parties = apps.get_model("parties", "PartyKind"), apps.get_model("parties", "Party")
    for old, name in KINDS.items():
        kind = kinds.objects.create(name=name, name_key=for_matching(name))
        parties.objects.filter(kind=old).update(kind_row=kind)


class Migration(migrations.Migration):

    dependencies = [
        ("parties", "0013_names_compared"),
    ]

    operations = [
        migrations.CreateModel(
            name="PartyKind",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("name", samverkan.lib.fields.FreeLineField(max_length=60, verbose_name="namn")),
                ("name_key", models.TextField(blank=True, editable=False)),
            ],
            options={
                "verbose_name": "slag av part",
                "verbose_name_plural": "slag av parter",
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("name_key",),
                        name="party_kind_has_a_name_of_its_own",
                        violation_error_code="name",
                        violation_error_message="Ett annat slag har det namnet.",
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="party",
            name="kind_row",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parties",
                to="parties.partykind",
                verbose_name="slag",
            ),
        ),
        migrations.RunPython(move, migrations.RunPython.noop),
    ]
