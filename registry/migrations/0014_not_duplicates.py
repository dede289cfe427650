from django.db import migrations, models


class Migration(migrations.Migration):
    """Pairs that look alike and were found to be two."""

    dependencies = [
        ("registry", "0013_papers_in_full"),
    ]

    operations = [
        migrations.CreateModel(
            name="DistinctPair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="phiên bản")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="cập nhật lúc")),
                ("code", models.CharField(max_length=81, unique=True, verbose_name="mã")),
                ("kind", models.CharField(
                    choices=[("investor", "nhà đầu tư"), ("enterprise", "tổ chức kinh tế thực hiện dự án")],
                    max_length=10, verbose_name="loại")),
                ("one", models.CharField(max_length=40, verbose_name="hồ sơ thứ nhất")),
                ("other", models.CharField(max_length=40, verbose_name="hồ sơ thứ hai")),
                ("stands", models.BooleanField(default=True, verbose_name="không đề xuất nữa")),
            ],
            options={
                "verbose_name": "cặp không trùng",
                "verbose_name_plural": "cặp không trùng",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["investor", "enterprise"])), name="distinct_pair_kind_known",
                        violation_error_message="Giá trị không có trong danh mục; chọn một giá trị của danh mục."),
                    models.CheckConstraint(
                        condition=models.Q(("one", models.F("other")), _negated=True), name="distinct_pair_of_two",
                        violation_error_message="Một hồ sơ không thể khác với chính nó; hãy chọn hai hồ sơ."),
                    models.UniqueConstraint(
                        fields=("kind", "one", "other"), name="distinct_pair_once",
                        violation_error_message="Cặp này đã được xem; hãy mở bản ghi đã có."),
                ],
            },
        ),
    ]
