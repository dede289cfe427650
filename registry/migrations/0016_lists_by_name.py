from django.db import migrations, models


class Migration(migrations.Migration):
    """The first page of a list of a hundred thousand is found without sorting them."""

    dependencies = [("registry", "0015_place_renamed")]

    operations = [
        migrations.AddIndex(noun, models.Index(name=f"{noun}_by_name", fields=["name_sort", "code"]))
        for noun in ("project", "investor", "enterprise")
    ]
