from django.db import migrations, models


class Migration(migrations.Migration):
    """What the form A.IV.1 asks of certificates, found by index."""

    dependencies = [
        ("registry", "0025_figures_typed_into_forms"),
    ]

    operations = [
        migrations.AddIndex("certificate", models.Index(
            condition=models.Q(("kind", "suspension")), fields=["decided_latest", "project"],
            name="certificate_suspending")),
        migrations.AddIndex("certificate", models.Index(
            condition=models.Q(("received_on__isnull", False)), fields=["received_on"],
            name="certificate_by_reception")),
    ]
