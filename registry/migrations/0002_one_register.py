from django.db import migrations


def make_the_row(apps, schema_editor):
    apps.get_model("registry", "Register").objects.get_or_create(pk=1)


class Migration(migrations.Migration):
    """The one row that every writer locks."""

    dependencies = [("registry", "0001_the_nouns")]

    operations = [migrations.RunPython(make_the_row, migrations.RunPython.noop)]
