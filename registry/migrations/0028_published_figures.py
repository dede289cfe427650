import django.db.models.deletion
from django.db import migrations, models
from django.db.models import F, Q

from registry.models.append_only import drop_triggers, make_triggers


def make_triggers_again(apps, schema_editor):
    drop_triggers(schema_editor.connection)
    make_triggers(schema_editor.connection)


class Migration(migrations.Migration):
    """Tables that were published stay as they were: a trigger refuses to change or delete one."""

    dependencies = [("registry", "0027_projects_as_known")]

    operations = [
        migrations.CreateModel(
            name="PublishedFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="mã")),
                ("title", models.CharField(max_length=300, verbose_name="tên bảng")),
                ("title_en", models.CharField(blank=True, default="", max_length=300,
                                              verbose_name="tên bảng bằng tiếng Anh")),
                ("kind", models.CharField(max_length=10, verbose_name="loại bảng", choices=[
                    ("capital", "vốn theo nhóm, tính đến một ngày"),
                    ("flows", "cấp mới, điều chỉnh và góp vốn, mua cổ phần trong kỳ")])),
                ("parameters", models.JSONField(verbose_name="tham số")),
                ("table", models.JSONField(verbose_name="bảng số")),
                ("change", models.BigIntegerField(verbose_name="tính đến thay đổi số")),
                ("checksum", models.CharField(max_length=64, verbose_name="mã kiểm SHA-256")),
                ("frozen_at", models.DateTimeField(verbose_name="chốt lúc")),
                ("note", models.TextField(blank=True, default="", verbose_name="ghi chú công khai")),
                ("office", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT,
                                             related_name="published_figures", to="registry.registrar",
                                             verbose_name="cơ quan công bố")),
                ("supersedes", models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT,
                                                    related_name="superseded_by", to="registry.publishedfigure",
                                                    verbose_name="thay cho bảng")),
            ],
            options={
                "verbose_name": "số liệu công bố", "verbose_name_plural": "số liệu công bố", "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        name="published_figure_kind_known", condition=Q(kind__in=["capital", "flows"]),
                        violation_error_message="Giá trị không có trong danh mục; chọn một giá trị của danh mục."),
                    models.CheckConstraint(
                        name="published_figure_supersedes_with_note", condition=Q(supersedes=None) | ~Q(note=""),
                        violation_error_message="Bảng thay cho bảng trước phải nêu lý do trong ghi chú công khai."),
                    models.CheckConstraint(
                        name="published_figure_supersedes_another", condition=Q(supersedes=None) | ~Q(supersedes=F("id")),
                        violation_error_message="Một bảng không thể thay cho chính nó."),
                ],
            },
        ),
        migrations.RunPython(make_triggers_again, make_triggers_again),
    ]
