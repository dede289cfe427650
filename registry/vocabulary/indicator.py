"""Indicators of the province (chỉ tiêu): which attributes of statements are series, and in what groups."""

from django.utils.translation import gettext_lazy as _

ECONOMY, TRADE, RANKS, PEOPLE, ZONES, FDI, FLOWS, DOMESTIC = (
    "economy", "trade", "ranks", "people", "zones", "fdi", "flows", "domestic")
GROUPS = {
    ECONOMY: _("Tổng sản phẩm và ngân sách"),
    TRADE: _("Xuất khẩu, nhập khẩu"),
    RANKS: _("Năng lực cạnh tranh và thứ hạng"),
    PEOPLE: _("Dân số và lao động"),
    ZONES: _("Khu công nghiệp"),
    FDI: _("Vốn đầu tư nước ngoài, lũy kế"),
    FLOWS: _("Vốn đầu tư nước ngoài, trong kỳ"),
    DOMESTIC: _("Vốn trong nước, và vốn quy đổi cả trong nước"),
}
INDICATORS = {
    "grdp_growth": ECONOMY, "grdp": ECONOMY, "grdp_constant_2010": ECONOMY, "grdp_per_capita": ECONOMY,
    "state_budget_revenue": ECONOMY,
    "exports": TRADE, "imports": TRADE,
    "pci_rank": RANKS, "pgi_rank": RANKS, "grdp_growth_rank": RANKS, "grdp_rank": RANKS, "grdp_per_capita_rank": RANKS,
    "exports_rank": RANKS, "state_budget_revenue_rank": RANKS, "fdi_rank": RANKS, "fdi_new_capital_rank": RANKS,
    "population": PEOPLE, "labour_force": PEOPLE, "trained_labour_share": PEOPLE,
    "industrial_zone_workers": PEOPLE, "industrial_cluster_workers": PEOPLE,
    "industrial_zone_occupancy": ZONES, "industrial_land_occupancy": ZONES, "industrial_zones": ZONES,
    "industrial_zone_area": ZONES, "industrial_clusters": ZONES, "zone_infrastructure_projects": ZONES,
    "fdi_projects": FDI, "fdi_registered_capital": FDI, "fdi_capital_with_purchases": FDI,
    "fdi_projects_in_zones": FDI, "fdi_registered_capital_in_zones": FDI, "fdi_partner_countries": FDI,
    "fdi_sectors": FDI,
    "fdi_new_projects": FLOWS, "fdi_new_capital": FLOWS, "fdi_added_times": FLOWS, "fdi_added_capital": FLOWS,
    "fdi_adjusted_times": FLOWS, "fdi_adjusted_capital": FLOWS, "fdi_share_purchase_times": FLOWS,
    "fdi_share_purchase_value": FLOWS, "fdi_attracted_capital": FLOWS, "fdi_realised_capital": FLOWS,
    "certificates_foreign": FLOWS, "certified_capital_foreign": FLOWS,
    "fia_new_projects": FLOWS, "fia_new_capital": FLOWS, "fia_adjusted_times": FLOWS, "fia_adjusted_capital": FLOWS,
    "fia_share_purchase_times": FLOWS, "fia_share_purchase_value": FLOWS,
    "converted_capital": DOMESTIC, "domestic_new_projects": DOMESTIC, "domestic_new_capital": DOMESTIC,
    "domestic_added_times": DOMESTIC, "domestic_added_capital": DOMESTIC, "certificates_domestic": DOMESTIC,
    "certified_capital_domestic": DOMESTIC,
}
# What stands at a day; the others are of a period, and two periods that overlap do not speak of one thing.
STOCKS = {word for word, group in INDICATORS.items() if group in (PEOPLE, ZONES, FDI)}
# The first ones to be told where there is little room.
MAIN = ("grdp_growth", "grdp_per_capita", "exports", "state_budget_revenue", "pci_rank", "pgi_rank",
        "industrial_zone_occupancy", "industrial_zone_workers", "population")
RANK = "rank"
