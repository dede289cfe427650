from django.db import migrations, models


class Migration(migrations.Migration):
    """Sums read the ledger by day, by project or by buyer, each from an index that holds all they need."""

    dependencies = [("registry", "0018_lease_end")]

    operations = [
        migrations.RemoveIndex("capitalentry", "entry_for_sums"),
        migrations.AddIndex("capitalentry", models.Index(name="entry_by_day_for_sums", fields=[
            "counts_on", "kind", "counts_as", "amount_usd", "confirmed", "decided_latest", "recorded_at", "project",
            "buyer",
        ])),
        migrations.AddIndex("capitalentry", models.Index(name="entry_by_project_for_sums", fields=[
            "project", "counts_on", "kind", "counts_as", "amount_usd", "confirmed", "recorded_at", "buyer",
        ])),
        migrations.AddIndex("capitalentry", models.Index(
            name="entry_bought", condition=models.Q(buyer__isnull=False),
            fields=["buyer", "counts_on", "counts_as", "amount_usd", "recorded_at", "project"],
        )),
    ]
