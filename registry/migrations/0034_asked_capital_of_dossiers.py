from django.db import migrations, models

from registry.models.fields import HundredthsField


class Migration(migrations.Migration):
    """What a dossier asks for, also of one that waits or was refused."""

    dependencies = [("registry", "0033_sums_of_days")]

    operations = [
        migrations.AddField("certificate", "asked_usd", HundredthsField(
            blank=True, null=True, verbose_name="vốn đề nghị trong hồ sơ (USD)")),
        migrations.AddConstraint("certificate", models.CheckConstraint(
            condition=models.Q(
                ("asked_usd__isnull", True), models.Q(("asked_usd__gt", 0), ("kind", "first_issue")),
                models.Q(("kind__in", ("first_issue", "termination", "revocation", "expiry")), _negated=True),
                _connector="OR"),
            name="certificate_asks_by_its_kind",
            violation_error_message="Hồ sơ cấp lần đầu đề nghị một số vốn dương; hồ sơ chấm dứt, thu hồi, hết hạn "
                                    "không đề nghị vốn.")),
    ]
