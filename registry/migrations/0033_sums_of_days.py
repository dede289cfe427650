from django.db import migrations, models


class Migration(migrations.Migration):
    """Sums by day too, so that of the last month nothing need be read from the ledger. A later migration makes them."""

    dependencies = [("registry", "0032_sums_as_known")]

    operations = [
        migrations.AlterField("capitalmonth", "period", models.CharField(max_length=10)),
        migrations.AlterField("capitalknown", "period", models.CharField(max_length=10)),
    ]
