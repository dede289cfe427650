from django.db import migrations, models

import registry.models.fields


class Migration(migrations.Migration):
    """A certificate that waits for its second person carries the amounts that it proposes to the ledger."""

    dependencies = [("registry", "0006_roles")]

    operations = [
        migrations.AddField(
            "certificate", "proposed_usd",
            registry.models.fields.HundredthsField("số tiền đề nghị ghi sổ (USD)", null=True, blank=True),
        ),
        migrations.AddField(
            "certificate", "proposed_written",
            registry.models.fields.HundredthsField("số tiền đề nghị ghi sổ như in", null=True, blank=True),
        ),
        migrations.AddField(
            "certificate", "proposed_currency",
            models.CharField("đơn vị tiền của số đề nghị", max_length=3, blank=True, default=""),
        ),
        migrations.AddField(
            "certificate", "proposed_irc_code",
            models.CharField("mã số dự án đề nghị", max_length=30, null=True, blank=True),
        ),
        migrations.AddConstraint(
            "certificate",
            models.CheckConstraint(
                name="certificate_published_proposes_nothing",
                condition=~models.Q(publication="published") | models.Q(
                    proposed_usd__isnull=True, proposed_written__isnull=True, proposed_irc_code__isnull=True),
                violation_error_message="Giấy chứng nhận đã công bố không còn số liệu đề nghị: sổ vốn đã ghi.",
            ),
        ),
    ]
