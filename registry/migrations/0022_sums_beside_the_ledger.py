from django.db import migrations, models

SUMS = ("registered_usd", "confirmed_usd", "realised_usd", "share_purchase_usd")
KINDS = ("opening_usd", "new_usd", "increase_usd", "decrease_usd")
COUNTS = ("opening_times", "new_times", "increase_times", "decrease_times", "share_purchase_times", "entries",
          "projects")


class Migration(migrations.Migration):
    """Sums by project and by month stand beside the ledger, so that statistics need not read it each time; 0032 fills
    them."""

    dependencies = [("registry", "0021_changes_told_by_act")]

    operations = [
        migrations.CreateModel(
            name="CapitalMonth",
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
            ],
            options={
                "indexes": [models.Index(name="month_for_tables", fields=[
                    "dimension", "grain", "period", "key", "entries", "projects", *SUMS,
                ])],
                "constraints": [models.UniqueConstraint(name="month_once", fields=[
                    "dimension", "key", "grain", "period", "is_dated", "is_public",
                ])],
            },
        ),
        migrations.CreateModel(
            name="CapitalSum",
            fields=[
                ("owner", models.BigAutoField(primary_key=True, serialize=False)),
                ("is_public", models.BooleanField()),
                ("form", models.CharField(max_length=25, null=True)),
                ("status", models.CharField(max_length=25, null=True)),
                ("registrar", models.BigIntegerField(null=True)),
                ("former_province", models.CharField(max_length=20, null=True)),
                *((name, models.BigIntegerField(null=True))
                  for name in ("zone", "sector", "place", "investor", "country", "parent_country")),
                ("ended_on", models.DateField(null=True)),
                ("last_on", models.DateField()),
                ("begun", models.SmallIntegerField()),
                *((name, models.BigIntegerField()) for name in (*SUMS, "bought_usd")),
            ],
            options={
                "indexes": [
                    models.Index(name="sums_by_last_day", fields=["last_on"]),
                    models.Index(name="sums_by_end", fields=["ended_on"],
                                 condition=models.Q(("ended_on__isnull", False))),
                ],
            },
        ),
        migrations.CreateModel(
            name="CapitalAdded",
            fields=[
                ("owner", models.BigAutoField(primary_key=True, serialize=False)),
                ("months", models.TextField()),
            ],
        ),
        migrations.AddIndex("capitalentry", models.Index(
            name="entry_undoing", fields=["counts_as", "counts_on", "reverses"],
            condition=models.Q(("reverses__isnull", False)),
        )),
    ]
