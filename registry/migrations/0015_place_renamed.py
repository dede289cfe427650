from django.db import migrations, models

KINDS = (
    ("first_issue", "cấp lần đầu"), ("amendment", "điều chỉnh"), ("correction", "hiệu đính"), ("reissue", "cấp lại"),
    ("exchange", "cấp đổi"), ("term_extension", "gia hạn thời hạn hoạt động"), ("schedule_extension", "giãn tiến độ"),
    ("transfer", "chuyển nhượng"), ("suspension", "ngừng hoạt động"), ("termination", "chấm dứt hoạt động"),
    ("revocation", "thu hồi GCNĐKĐT"), ("expiry", "hết thời hạn hoạt động"),
    ("place_renamed", "cập nhật địa danh sau sắp xếp đơn vị hành chính"),
)


class Migration(migrations.Migration):
    """A certificate may be issued because a place was renamed; that changes no capital and is no amendment."""

    dependencies = [("registry", "0014_not_duplicates")]

    operations = [
        migrations.AlterField("certificate", "kind", models.CharField("loại", max_length=20, choices=KINDS)),
        migrations.RemoveConstraint("certificate", "certificate_kind_known"),
        migrations.AddConstraint(
            "certificate",
            models.CheckConstraint(
                name="certificate_kind_known",
                condition=models.Q(kind__in=[kind for kind, _label in KINDS]),
                violation_error_message="Giá trị không có trong danh mục; chọn một giá trị của danh mục.",
            ),
        ),
    ]
