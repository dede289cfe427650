from django.db import migrations, models


class Migration(migrations.Migration):
    """What each day changed is counted without reading the records that the changes carry."""

    dependencies = [("registry", "0020_lists_by_filter")]

    operations = [
        migrations.AddIndex("change", models.Index(
            name="change_told_by_act", fields=["act", "feed_verb", "kind", "code"], condition=~models.Q(feed_verb=""),
        )),
    ]
