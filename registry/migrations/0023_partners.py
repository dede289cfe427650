from django.db import migrations, models
from django.db.models import Q
from django.db.models.deletion import PROTECT

import registry.models.partner

UNKNOWN = "Giá trị không có trong danh mục; chọn một giá trị của danh mục."
OF_EVERY_NOUN = [
    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
    ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="phiên bản")),
    ("updated_at", models.DateTimeField(editable=False, verbose_name="cập nhật lúc")),
]


def make_counts(apps, schema_editor):
    """Unlogged: no request waits for the disk. On SQLite the counts are in a file of their own."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "CREATE UNLOGGED TABLE IF NOT EXISTS registry_count (name varchar(100) NOT NULL, since bigint NOT NULL, "
            "taken bigint NOT NULL, until bigint NOT NULL, PRIMARY KEY (name, since))")
        schema_editor.execute("CREATE INDEX IF NOT EXISTS registry_count_until ON registry_count (until)")


def drop_counts(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TABLE IF EXISTS registry_count")


class Migration(migrations.Migration):
    """Partners of the API, their keys, and the counts of requests."""

    dependencies = [("registry", "0022_sums_beside_the_ledger")]

    operations = [
        migrations.CreateModel(
            name="Partner",
            fields=[
                *OF_EVERY_NOUN,
                ("code", models.CharField(max_length=20, unique=True, verbose_name="mã")),
                ("name", models.CharField(max_length=300, unique=True, verbose_name="tên")),
                ("contact", models.CharField(
                    blank=True, default="", max_length=300, verbose_name="người liên hệ",
                    help_text="Tên, thư điện tử: để báo khi khóa sắp hết hạn hay bị lộ.")),
                ("plan", models.CharField(choices=[("basic", "cơ bản"), ("mirror", "sao gương")], default="basic",
                                          max_length=10, verbose_name="gói hạn mức")),
            ],
            options={
                "verbose_name": "đối tác API",
                "verbose_name_plural": "đối tác API",
                "constraints": [models.CheckConstraint(
                    condition=Q(("plan__in", ["basic", "mirror"])), name="partner_plan_known",
                    violation_error_message=UNKNOWN)],
            },
        ),
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                *OF_EVERY_NOUN,
                ("code", models.CharField(max_length=12, unique=True, verbose_name="mã khóa")),
                ("partner", models.ForeignKey(on_delete=PROTECT, related_name="keys", to="registry.partner",
                                              verbose_name="đối tác")),
                ("purpose", models.CharField(max_length=200, verbose_name="dùng vào việc gì")),
                ("scope", models.CharField(
                    choices=[("public", "dữ liệu công khai"), ("partner", "thêm trường dành cho đối tác")],
                    default="public", max_length=10, verbose_name="phạm vi")),
                ("expires_on", models.DateField(verbose_name="dùng đến hết ngày")),
                ("addresses", models.JSONField(blank=True, default=list,
                                               validators=[registry.models.partner.check_addresses],
                                               verbose_name="chỉ dùng từ các địa chỉ mạng")),
                ("state", models.CharField(
                    choices=[("asked", "chờ duyệt"), ("approved", "đã duyệt, chưa lấy khóa"), ("issued", "đang dùng"),
                             ("refused", "không duyệt"), ("revoked", "đã vô hiệu hóa")],
                    default="asked", max_length=10, verbose_name="tình trạng")),
                ("replaces", models.ForeignKey(blank=True, null=True, on_delete=PROTECT, related_name="replacements",
                                               to="registry.apikey", verbose_name="thay cho khóa")),
                ("overlap_until", models.DateField(blank=True, null=True, verbose_name="khóa cũ dùng đến hết ngày")),
                ("digest", models.CharField(blank=True, default="", editable=False, max_length=64)),
                ("pepper", models.CharField(blank=True, default="", editable=False, max_length=20)),
            ],
            options={
                "verbose_name": "khóa API",
                "verbose_name_plural": "khóa API",
                "constraints": [
                    models.CheckConstraint(condition=Q(("scope__in", ["public", "partner"])), name="api_key_scope_known",
                                           violation_error_message=UNKNOWN),
                    models.CheckConstraint(
                        condition=Q(("state__in", ["asked", "approved", "issued", "refused", "revoked"])),
                        name="api_key_state_known", violation_error_message=UNKNOWN),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("state__in", ["issued", "revoked"]), Q(("digest", ""), _negated=True),
                              Q(("pepper", ""), _negated=True)),
                            Q(Q(("state", "issued"), _negated=True), ("digest", ""), ("pepper", "")), _connector="OR"),
                        name="api_key_has_secret_once_issued",
                        violation_error_message="Chỉ khóa đã lấy mới có phần bí mật."),
                    models.CheckConstraint(
                        condition=Q(Q(("overlap_until", None), ("replaces", None)),
                                    Q(("overlap_until__isnull", False), ("replaces__isnull", False)), _connector="OR"),
                        name="api_key_overlaps_what_it_replaces",
                        violation_error_message="Khóa thay cho khóa khác phải nói khóa cũ dùng đến ngày nào."),
                ],
            },
        ),
        migrations.RunPython(make_counts, drop_counts),
    ]
