from django.db import migrations, models


class Migration(migrations.Migration):
    """What was recorded is kept by thirds of a month instead of months, so that what was known on a day leaves less to
    be read from the ledger. The next migration makes it."""

    dependencies = [("registry", "0037_confirmed_part")]

    operations = [migrations.AlterField("capitalknown", "known", models.CharField(max_length=10))]
