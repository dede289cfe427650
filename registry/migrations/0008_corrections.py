from django.db import migrations, models

from registry.models.append_only import drop_triggers, make_triggers

UNKNOWN = "Giá trị không có trong danh mục; chọn một giá trị của danh mục."
DOORS = [("admin", "trang quản trị"), ("loader", "nạp dữ liệu"), ("shell", "dòng lệnh"), ("public", "trang công khai")]
STATES = [("received", "đã tiếp nhận"), ("in_work", "đang xử lý"), ("accepted", "đã chấp nhận"),
          ("declined", "không chấp nhận")]


def make_triggers_again(apps, schema_editor):
    drop_triggers(schema_editor.connection)
    make_triggers(schema_editor.connection)


class Migration(migrations.Migration):
    """Reports of errors from the public, and the door through which they come.

    SQLite makes the table of acts anew for the constraint on its doors, and with the old table go the triggers that
    keep it append-only: they are made again.
    """

    dependencies = [("registry", "0007_proposed_amounts")]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, make_triggers_again),  # the last on the way back
        migrations.CreateModel(
            name="CorrectionRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=1, editable=False, verbose_name="phiên bản")),
                ("updated_at", models.DateTimeField(editable=False, verbose_name="cập nhật lúc")),
                ("code", models.CharField(max_length=20, unique=True, verbose_name="mã")),
                ("about", models.CharField(max_length=500, verbose_name="địa chỉ trang")),
                ("about_kind", models.CharField(blank=True, default="", max_length=20, verbose_name="loại bản ghi")),
                ("about_code", models.CharField(blank=True, default="", max_length=60, verbose_name="mã bản ghi")),
                ("words", models.TextField(verbose_name="nội dung người đọc báo")),
                ("contact", models.CharField(blank=True, default="", max_length=200,
                                             verbose_name="cách liên hệ người báo")),
                ("language", models.CharField(max_length=2, verbose_name="ngôn ngữ")),
                ("received_at", models.DateTimeField(editable=False, verbose_name="tiếp nhận lúc")),
                ("deadline", models.DateField(editable=False, verbose_name="hạn trả lời")),
                ("state", models.CharField(choices=STATES, default="received", max_length=10,
                                           verbose_name="tình trạng")),
                ("outcome", models.TextField(blank=True, default="", verbose_name="kết luận công khai")),
            ],
            options={
                "verbose_name": "báo sai sót", "verbose_name_plural": "báo sai sót",
                "indexes": [models.Index(fields=["state", "deadline"], name="correction_by_deadline")],
                "constraints": [
                    models.CheckConstraint(
                        name="correction_state_known", violation_error_message=UNKNOWN,
                        condition=models.Q(state__in=[state for state, _label in STATES]),
                    ),
                    models.CheckConstraint(
                        name="correction_concluded_in_words",
                        condition=(~models.Q(state__in=("accepted", "declined")) & models.Q(outcome=""))
                        | (models.Q(state__in=("accepted", "declined")) & ~models.Q(outcome="")),
                        violation_error_message="Kết luận phải nói rõ bằng lời; khi chưa kết luận thì để trống.",
                    ),
                ],
            },
        ),
        migrations.RemoveConstraint(model_name="act", name="act_door_known"),
        migrations.AlterField("act", "door", models.CharField("qua", max_length=10, choices=DOORS)),
        migrations.AddConstraint(
            "act",
            models.CheckConstraint(
                name="act_door_known", violation_error_message=UNKNOWN,
                condition=models.Q(door__in=[door for door, _label in DOORS]),
            ),
        ),
        migrations.RunPython(make_triggers_again, migrations.RunPython.noop),
    ]
