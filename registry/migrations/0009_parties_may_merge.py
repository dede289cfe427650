from django.db import migrations

from registry.models.append_only import drop_triggers, make_triggers


def make_triggers_again(apps, schema_editor):
    drop_triggers(schema_editor.connection)
    make_triggers(schema_editor.connection)


class Migration(migrations.Migration):
    """A ledger entry follows its buyer and its enterprise into the record with which they are merged; all else that
    it says stays as it is."""

    dependencies = [("registry", "0008_corrections")]

    operations = [migrations.RunPython(make_triggers_again, make_triggers_again)]
