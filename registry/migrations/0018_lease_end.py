from django.db import migrations, models

KINDS = (
    ("occupancy", "tỷ lệ lấp đầy"), ("leased_area", "diện tích đã cho thuê"),
    ("leasable_area", "diện tích đất công nghiệp cho thuê"), ("free_plots", "số lô còn trống"),
    ("workers", "lao động"), ("land_price", "giá thuê đất"), ("factory_rent", "giá thuê nhà xưởng"),
    ("management_fee", "phí quản lý"), ("power_capacity", "công suất cấp điện"), ("water_price", "giá nước"),
    ("water_capacity", "công suất cấp nước"), ("waste_water_capacity", "công suất xử lý nước thải"),
    ("housing", "nhà ở công nhân"), ("lease_end", "năm hết thời hạn thuê đất"), ("zones", "số khu công nghiệp"),
    ("total_area", "tổng diện tích khu công nghiệp"), ("clusters", "số cụm công nghiệp"),
    ("cluster_workers", "lao động trong cụm công nghiệp"),
    ("infrastructure_projects", "số dự án hạ tầng khu công nghiệp"),
)


class Migration(migrations.Migration):
    """When the land of a zone has to be given back is observed like its prices: with a day, a method and a source."""

    dependencies = [("registry", "0017_words_of_search")]

    operations = [
        migrations.AlterField("zoneobservation", "attribute", models.CharField("nội dung", max_length=30, choices=KINDS)),
        migrations.RemoveConstraint("zoneobservation", "observation_attribute_known"),
        migrations.AddConstraint(
            "zoneobservation",
            models.CheckConstraint(
                name="observation_attribute_known",
                condition=models.Q(attribute__in=[kind for kind, _label in KINDS]),
                violation_error_message="Giá trị không có trong danh mục; chọn một giá trị của danh mục.",
            ),
        ),
    ]
