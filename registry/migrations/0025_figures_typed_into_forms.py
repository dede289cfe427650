import django.db.models.deletion
from django.db import migrations, models

import registry.models.fields


class Migration(migrations.Migration):
    """What officers type into the form A.IV.1 of a quarter."""

    dependencies = [
        ("registry", "0024_conflicts_of_reports"),
    ]

    operations = [
        migrations.CreateModel(
            name="FormFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="phiên bản")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="cập nhật lúc")),
                ("code", models.CharField(max_length=100, unique=True, verbose_name="mã")),
                ("year", models.PositiveSmallIntegerField(verbose_name="năm")),
                ("quarter", models.PositiveSmallIntegerField(
                    choices=[(1, "I"), (2, "II"), (3, "III"), (4, "IV")], verbose_name="quý")),
                ("row", models.CharField(max_length=30, verbose_name="chỉ tiêu")),
                ("column", models.CharField(
                    choices=[("quarter_before", "(4) quý báo cáo, năm trước"), ("quarter", "(5) quý báo cáo"),
                             ("expected", "(7) dự kiến cả năm"), ("year_before", "(8) lũy kế, năm trước"),
                             ("year", "(9) lũy kế, năm báo cáo")],
                    max_length=15, verbose_name="cột")),
                ("value", registry.models.fields.HundredthsField(blank=True, null=True, verbose_name="số nhập tay")),
                ("registrar", models.ForeignKey(
                    blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="form_figures",
                    to="registry.registrar", verbose_name="cơ quan đăng ký đầu tư")),
            ],
            options={
                "verbose_name": "số nhập tay của biểu A.IV.1",
                "verbose_name_plural": "số nhập tay của biểu A.IV.1",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("column__in", ["quarter_before", "quarter", "expected", "year_before",
                                                           "year"])),
                        name="form_figure_column_known",
                        violation_error_message="Giá trị không có trong danh mục; chọn một giá trị của danh mục."),
                    models.CheckConstraint(
                        condition=models.Q(("quarter__gte", 1), ("quarter__lte", 4)),
                        name="form_figure_quarter_of_a_year", violation_error_message="Quý là một số từ 1 đến 4."),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1987), ("year__lte", 2200)),
                        name="form_figure_year_of_the_calendar",
                        violation_error_message="Năm phải từ 1987 (Luật Đầu tư nước ngoài đầu tiên) đến 2200."),
                ],
            },
        ),
    ]
