from django.db import migrations

from registry.models.words import drop_indexes, make_indexes


class Migration(migrations.Migration):
    """Search asks an index of words on SQLite, too; it read the whole column."""

    dependencies = [("registry", "0016_lists_by_name")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: make_indexes(schema_editor.connection),
            lambda apps, schema_editor: drop_indexes(schema_editor.connection),
        )
    ]
