import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    """A cumulative total of a report that is not the ledger's is a conflict, with its outcome. What officers had
    explained on the report stays in the change log."""

    dependencies = [("registry", "0023_partners")]

    operations = [
        migrations.RemoveField("operatingreport", "difference_explained"),
        migrations.AddField("conflict", "report", models.OneToOneField(
            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="conflict",
            to="registry.operatingreport", verbose_name="báo cáo quý",
        )),
        migrations.AlterField("conflict", "first", models.ForeignKey(
            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="conflicts_as_first",
            to="registry.statement", verbose_name="nội dung thứ nhất",
        )),
        migrations.AlterField("conflict", "second", models.ForeignKey(
            blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="conflicts_as_second",
            to="registry.statement", verbose_name="nội dung thứ hai",
        )),
        migrations.RemoveConstraint("conflict", "conflict_first_before_second"),
        migrations.AddConstraint("conflict", models.CheckConstraint(
            name="conflict_first_before_second", condition=Q(report__isnull=False) | Q(first__lt=F("second")),
            violation_error_message="Một nội dung không thể mâu thuẫn với chính nó.",
        )),
        migrations.AddConstraint("conflict", models.CheckConstraint(
            name="conflict_of_statements_or_report",
            condition=Q(first__isnull=False, second__isnull=False, report__isnull=True)
            | Q(first__isnull=True, second__isnull=True, report__isnull=False),
            violation_error_message="Mâu thuẫn nêu hai nội dung, hoặc một báo cáo quý.",
        )),
    ]
