from django.db import migrations

from registry.models.append_only import drop_triggers, make_triggers


class Migration(migrations.Migration):
    """Acts, changes and ledger entries are never edited or deleted: a trigger refuses it."""

    dependencies = [("registry", "0002_one_register")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: make_triggers(schema_editor.connection),
            lambda apps, schema_editor: drop_triggers(schema_editor.connection),
        )
    ]
