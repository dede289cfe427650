import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from registry.actions.as_known import make_as_known_anew

CODES = ("registrar", "zone", "sector", "section", "place", "investor", "country", "parent_country")


class Migration(migrations.Migration):
    """What projects stood under at each change, replayed from the changes."""

    dependencies = [("registry", "0026_indexes_for_forms")]

    operations = [
        migrations.CreateModel(
            name="ProjectAsKnown",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("project", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="as_known",
                                              to="registry.project")),
                ("seq_from", models.BigIntegerField()),
                ("seq_until", models.BigIntegerField(null=True)),
                ("is_public", models.BooleanField()),
                ("form", models.CharField(max_length=25, null=True)),
                ("status", models.CharField(max_length=25, null=True)),
                ("former_province", models.CharField(max_length=20, null=True)),
                *((name, models.CharField(max_length=60, null=True)) for name in CODES),
                ("ended_on", models.DateField(null=True)),
                ("shares", models.TextField()),
            ],
            options={"constraints": [
                models.UniqueConstraint(name="as_known_once", fields=["project", "seq_from"]),
                models.UniqueConstraint(name="as_known_one_open", fields=["project"], condition=Q(seq_until=None)),
                models.CheckConstraint(name="as_known_from_before_until",
                                       condition=Q(seq_until=None) | Q(seq_from__lt=F("seq_until"))),
            ]},
        ),
        migrations.RunPython(lambda apps, schema_editor: make_as_known_anew(), migrations.RunPython.noop),
    ]
