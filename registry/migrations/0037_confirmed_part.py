from django.db import migrations, models

from registry.models.append_only import drop_triggers, make_triggers
from registry.models.fields import HundredthsField

REGISTERED = ("new", "opening", "increase", "decrease")
SUMMED = ("counts_on", "kind", "counts_as", "amount_usd", "confirmed", "confirmed_part_usd")
INDEXES = {
    "entry_by_day_for_sums": [*SUMMED, "decided_latest", "recorded_at", "project", "buyer"],
    "entry_by_project_for_sums": ["project", *SUMMED, "recorded_at", "buyer"],
    "entry_by_recording": ["recorded_at", *SUMMED, "decided_latest", "project", "buyer", "reverses"],
}


def without_triggers(apps, schema_editor):
    drop_triggers(schema_editor.connection)


def with_triggers(apps, schema_editor):
    make_triggers(schema_editor.connection)


class Migration(migrations.Migration):
    """How much of an entry counts as confirmed, where that is neither all nor nothing of it. Entries of the past stay
    as they are. SQLite makes the ledger anew, and with it the triggers that guard it."""

    dependencies = [("registry", "0036_search_by_former_numbers")]

    operations = [
        migrations.RunPython(without_triggers, with_triggers),
        *(migrations.RemoveIndex("capitalentry", name) for name in INDEXES),
        migrations.AddField("capitalentry", "confirmed_part_usd", HundredthsField(
            blank=True, editable=False, null=True, verbose_name="phần tính là theo giấy chứng nhận (USD)")),
        migrations.AddConstraint("capitalentry", models.CheckConstraint(
            condition=models.Q(
                ("confirmed_part_usd__isnull", True),
                models.Q(("confirmed_part_usd__gte", 0), ("confirmed_part_usd__lte", models.F("amount_usd")),
                         ("counts_as__in", REGISTERED)),
                models.Q(("confirmed_part_usd__gte", models.F("amount_usd")), ("confirmed_part_usd__lte", 0),
                         ("counts_as__in", REGISTERED)),
                _connector="OR"),
            name="entry_part_within_amount",
            violation_error_message="Phần tính là theo giấy chứng nhận phải nằm giữa 0 và số tiền, và chỉ có ở vốn đăng "
                                    "ký.")),
        *(migrations.AddIndex("capitalentry", models.Index(name=name, fields=fields))
          for name, fields in INDEXES.items()),
        migrations.RunPython(with_triggers, without_triggers),
    ]
