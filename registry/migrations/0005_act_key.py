from django.db import migrations, models


class Migration(migrations.Migration):
    """A form sent twice is one act: each act keeps the key of the form it came from.

    The constraint has a condition so that SQLite only adds an index: making the table anew would lose the
    triggers that keep it append-only.
    """

    dependencies = [("registry", "0004_search_index")]

    operations = [
        migrations.AddField(
            "act", "key", models.CharField("khóa biểu mẫu", max_length=64, null=True, blank=True, editable=False)
        ),
        migrations.AddConstraint(
            "act",
            models.UniqueConstraint(
                name="act_key_once", fields=["key"], condition=models.Q(key__isnull=False)
            ),
        ),
    ]
