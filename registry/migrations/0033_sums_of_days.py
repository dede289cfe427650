from django.db import migrations, models

from registry.actions.sums import make_sums_anew


class Migration(migrations.Migration):
    """Sums by day too, so that of the last month nothing need be read from the ledger."""

    dependencies = [("registry", "0032_sums_as_known")]

    operations = [
        migrations.AlterField("capitalmonth", "period", models.CharField(max_length=10)),
        migrations.AlterField("capitalknown", "period", models.CharField(max_length=10)),
        migrations.RunPython(lambda apps, schema_editor: make_sums_anew(), migrations.RunPython.noop),
    ]
