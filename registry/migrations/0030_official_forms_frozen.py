from django.db import migrations, models
from django.db.models import Q

from registry.models.append_only import drop_triggers, make_triggers

KINDS = [
    ("capital", "vốn theo nhóm, tính đến một ngày"),
    ("flows", "cấp mới, điều chỉnh và góp vốn, mua cổ phần trong kỳ"),
    ("agency", "biểu của Cục Đầu tư nước ngoài: trong kỳ, cùng kỳ năm trước, còn hiệu lực"),
    ("heading", "báo cáo nhanh (Phụ lục I)"),
    ("a-iv-1", "biểu A.IV.1 của một quý"),
]


def make_triggers_again(apps, schema_editor):
    """SQLite makes the table anew, without its triggers."""
    drop_triggers(schema_editor.connection)
    make_triggers(schema_editor.connection)


class Migration(migrations.Migration):
    """The agency's tables, its heading sheet and the form A.IV.1 can be published too; indexes for what the form asks."""

    dependencies = [("registry", "0029_sums_for_lists")]

    operations = [
        migrations.AlterField("publishedfigure", "kind", models.CharField(
            max_length=10, verbose_name="loại bảng", choices=KINDS)),
        migrations.RemoveConstraint("publishedfigure", "published_figure_kind_known"),
        migrations.AddConstraint("publishedfigure", models.CheckConstraint(
            name="published_figure_kind_known", condition=Q(kind__in=[kind for kind, _label in KINDS]),
            violation_error_message="Giá trị không có trong danh mục; chọn một giá trị của danh mục.")),
        migrations.RemoveIndex("certificate", "certificate_suspending"),
        migrations.AddIndex("certificate", models.Index(
            name="certificate_by_kind", fields=["kind", "decided_latest", "project"])),
        migrations.AddIndex("capitalentry", models.Index(
            name="entry_priced", condition=Q(expected_price_usd__isnull=False), fields=[
                "counts_as", "counts_on", "kind", "decided_latest", "expected_price_usd", "project"])),
        migrations.RunPython(make_triggers_again, make_triggers_again),
    ]
