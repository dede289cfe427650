from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    """A certificate proposes what changes in its project; a source keeps its text and its scan for the staff."""

    dependencies = [("registry", "0012_operating_reports")]

    operations = [
        migrations.AddField(
            "certificate", "proposed_changes",
            models.JSONField("nội dung mới của hồ sơ dự án", default=dict, blank=True),
        ),
        migrations.AddField(
            "source", "text", models.TextField("toàn văn (chỉ nội bộ)", blank=True, default=""),
        ),
        migrations.AddField(
            "source", "file_name",
            models.CharField("tệp đính kèm (chỉ nội bộ)", max_length=200, blank=True, default=""),
        ),
        migrations.AddField(
            "source", "file_sha256",
            models.CharField("mã băm SHA-256 của tệp", max_length=64, blank=True, default=""),
        ),
        migrations.AddConstraint(
            "source",
            models.CheckConstraint(
                name="source_file_with_name",
                condition=Q(file_name="", file_sha256="") | (~Q(file_name="") & ~Q(file_sha256="")),
                violation_error_message="Tệp đính kèm phải có cả tên và mã băm.",
            ),
        ),
    ]
