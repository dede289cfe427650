from django.db import migrations

from registry.actions.record import reindex_projects
from registry.models.rows import in_chunks


def search_by_former_numbers(apps, schema_editor):
    """Where no project had another number nothing is read by the models, which may have columns of later migrations."""
    had = apps.get_model("registry", "Project").objects.exclude(former_irc_codes="").order_by("pk")
    for some in in_chunks(had.values_list("pk", flat=True)):
        reindex_projects(pk__in=some)


class Migration(migrations.Migration):
    """Search finds projects by the numbers that they had before."""

    dependencies = [("registry", "0035_former_numbers")]

    operations = [migrations.RunPython(search_by_former_numbers, migrations.RunPython.noop)]
