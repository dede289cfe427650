from django.db import migrations, models

from registry.actions.sums import make_sums_anew


class Migration(migrations.Migration):
    """What was recorded is kept by share too; the projects of a lead investor are found by an index."""

    dependencies = [("registry", "0038_sums_by_thirds_of_months")]

    operations = [
        migrations.AddIndex("capitalsum", models.Index(fields=["investor"], name="sums_by_lead")),
        migrations.RunPython(lambda apps, schema_editor: make_sums_anew(), migrations.RunPython.noop),
    ]
