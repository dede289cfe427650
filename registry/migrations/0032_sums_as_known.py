from django.db import migrations, models

SUMS = ("registered_usd", "confirmed_usd", "realised_usd", "share_purchase_usd")
KINDS = ("opening_usd", "new_usd", "increase_usd", "decrease_usd")
COUNTS = ("opening_times", "new_times", "increase_times", "decrease_times", "share_purchase_times", "entries",
          "projects")


class Migration(migrations.Migration):
    """Sums by the month of recording too, so that what was known on a day need not be read from the ledger."""

    dependencies = [("registry", "0031_contributions_of_investors")]

    operations = [
        migrations.CreateModel(
            name="CapitalKnown",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dimension", models.CharField(max_length=20)),
                ("key", models.CharField(max_length=25)),
                ("grain", models.CharField(max_length=5)),
                ("period", models.CharField(max_length=7)),
                ("is_dated", models.BooleanField()),
                ("is_public", models.BooleanField()),
                *((name, models.BigIntegerField()) for name in (*SUMS, *KINDS)),
                *((name, models.IntegerField()) for name in COUNTS),
                ("known", models.CharField(max_length=7)),
            ],
            options={
                "constraints": [models.UniqueConstraint(name="known_once", fields=[
                    "dimension", "grain", "known", "period", "key", "is_dated", "is_public",
                ])],
                "indexes": [models.Index(name="known_by_period", fields=["dimension", "grain", "period", "known"])],
            },
        ),
        migrations.RemoveIndex("capitalentry", "entry_by_recording"),
        migrations.AddIndex("capitalentry", models.Index(name="entry_by_recording", fields=[
            "recorded_at", "counts_on", "kind", "counts_as", "amount_usd", "confirmed", "decided_latest", "project",
            "buyer", "reverses",
        ])),
        migrations.AddIndex("projectasknown", models.Index(
            name="as_known_by_end", fields=["ended_on"], condition=models.Q(("ended_on__isnull", False)))),
    ]
