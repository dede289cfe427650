from django.db import migrations

from registry.vocabulary.role import Role


def make_groups(apps, schema_editor):
    """The groups; officers from before there were roles keep what they could do."""
    groups = {role: apps.get_model("auth", "Group").objects.get_or_create(name=role)[0] for role in Role.values}
    for user in apps.get_model("auth", "User").objects.filter(is_staff=True):
        user.groups.add(groups[Role.OFFICER], groups[Role.REVIEWER])


def drop_groups(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=Role.values).delete()


class Migration(migrations.Migration):
    """The roles of accounts are groups, known by the words of ``Role``; what each may do stands beside them."""

    dependencies = [("registry", "0005_act_key"), ("auth", "0012_alter_user_first_name_max_length")]

    operations = [migrations.RunPython(make_groups, drop_groups)]
