from django.db import migrations

from registry.actions.sums import make_sums_anew


class Migration(migrations.Migration):
    """What was recorded is kept by share too."""

    dependencies = [("registry", "0038_sums_by_thirds_of_months")]

    operations = [migrations.RunPython(lambda apps, schema_editor: make_sums_anew(), migrations.RunPython.noop)]
