from django.db import migrations, models


class Migration(migrations.Migration):
    """Lists filter by the sums, which therefore have the withdrawn projects too."""

    dependencies = [("registry", "0028_published_figures")]

    operations = [
        migrations.AddIndex("capitalsum", models.Index(name="sums_by_country", fields=["country"])),
        migrations.AddIndex("capitalsum", models.Index(name="sums_by_parent", fields=["parent_country"])),
    ]
