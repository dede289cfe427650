from django.db import migrations, models


class Migration(migrations.Migration):
    """The list of projects is filtered and counted without a look into the table."""

    dependencies = [("registry", "0019_indexes_for_sums")]

    operations = [
        migrations.AddIndex("project", models.Index(name="project_for_lists", fields=[
            "publication", "zone", "status", "sector", "form", "place", "registrar", "licensed_latest",
        ])),
    ]
