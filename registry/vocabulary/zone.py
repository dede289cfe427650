"""The words of industrial zones and of what is observed about them."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

MERGED_ON = date(2025, 7, 1)  # Bắc Ninh and Bắc Giang, into Bắc Ninh


class ZoneKind(models.TextChoices):
    INDUSTRIAL_PARK = "industrial_park", _("khu công nghiệp")
    INDUSTRIAL_CLUSTER = "industrial_cluster", _("cụm công nghiệp")
    CONCENTRATED_IT_ZONE = "concentrated_it_zone", _("khu công nghệ thông tin tập trung")
    ECONOMIC_ZONE = "economic_zone", _("khu kinh tế")


class Province(models.TextChoices):
    """Where a zone lies: the register's own province, or the neighbour that a source speaks of."""

    BAC_NINH = "bac-ninh", "Bắc Ninh"
    HUNG_YEN = "hung-yen", "Hưng Yên"


class FormerProvince(models.TextChoices):
    """The province before ``MERGED_ON``."""

    BAC_NINH = "bac-ninh", _("Bắc Ninh (trước 01/7/2025)")
    BAC_GIANG = "bac-giang", _("Bắc Giang (trước 01/7/2025)")


class ObservationKind(models.TextChoices):
    """What is observed; the unit of its value stands in ``OBSERVATION_UNIT``."""

    OCCUPANCY = "occupancy", _("tỷ lệ lấp đầy")
    LEASED_AREA = "leased_area", _("diện tích đã cho thuê")
    LEASABLE_AREA = "leasable_area", _("diện tích đất công nghiệp cho thuê")
    FREE_PLOTS = "free_plots", _("số lô còn trống")
    WORKERS = "workers", _("lao động")
    LAND_PRICE = "land_price", _("giá thuê đất")
    FACTORY_RENT = "factory_rent", _("giá thuê nhà xưởng")
    MANAGEMENT_FEE = "management_fee", _("phí quản lý")
    POWER_CAPACITY = "power_capacity", _("công suất cấp điện")
    WATER_PRICE = "water_price", _("giá nước")
    WATER_CAPACITY = "water_capacity", _("công suất cấp nước")
    WASTE_WATER_CAPACITY = "waste_water_capacity", _("công suất xử lý nước thải")
    HOUSING = "housing", _("nhà ở công nhân")
    LEASE_END = "lease_end", _("năm hết thời hạn thuê đất")
    ZONES = "zones", _("số khu công nghiệp")
    TOTAL_AREA = "total_area", _("tổng diện tích khu công nghiệp")
    CLUSTERS = "clusters", _("số cụm công nghiệp")
    CLUSTER_WORKERS = "cluster_workers", _("lao động trong cụm công nghiệp")
    INFRASTRUCTURE_PROJECTS = "infrastructure_projects", _("số dự án hạ tầng khu công nghiệp")


# The unit of a value that is a year of the calendar: written without signs between its digits.
YEAR = "year"
PERCENT = "percent"  # from 0 to 100

OBSERVATION_UNIT = {
    ObservationKind.OCCUPANCY: PERCENT,
    ObservationKind.LEASED_AREA: "ha",
    ObservationKind.LEASABLE_AREA: "ha",
    ObservationKind.FREE_PLOTS: "plots",
    ObservationKind.WORKERS: "people",
    ObservationKind.LAND_PRICE: "USD/m2",
    ObservationKind.FACTORY_RENT: "USD/m2/month",
    ObservationKind.MANAGEMENT_FEE: "USD/m2/year",
    ObservationKind.POWER_CAPACITY: "MW",
    ObservationKind.WATER_PRICE: "VND/m3",
    ObservationKind.WATER_CAPACITY: "m3/day",
    ObservationKind.WASTE_WATER_CAPACITY: "m3/day",
    ObservationKind.HOUSING: "people",
    ObservationKind.LEASE_END: YEAR,
    ObservationKind.ZONES: "zones",
    ObservationKind.TOTAL_AREA: "ha",
    ObservationKind.CLUSTERS: "clusters",
    ObservationKind.CLUSTER_WORKERS: "people",
    ObservationKind.INFRASTRUCTURE_PROJECTS: "projects",
}
