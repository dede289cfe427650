"""The public's pages, in Vietnamese at these addresses and in English under ``/en/``."""

from django.urls import path

from . import (
    cell,
    correction,
    country,
    data,
    feed,
    flows,
    home,
    indicators,
    investor,
    map,
    project,
    published,
    quality,
    record,
    search,
    sector,
    source,
    statistics,
    suggest,
    zone,
    zone_comparison,
)

app_name = "pages"

urlpatterns = [
    path("", home.home, name="home"),
    *feed.feeds(),
    path("projects/", project.project_list, name="projects"),
    path("projects/<str:code>/", project.project_page, name="project"),
    *record.lists(),
    path("investors/<str:code>/", investor.investor_page, name="investor"),
    path("zones/compare/", zone_comparison.zone_comparison, name="zone-comparison"),
    path("zones/<str:code>/", zone.zone_page, name="zone"),
    path("sectors/<str:code>/", sector.sector_page, name="sector"),
    path("countries/<str:code>/", country.country_page, name="country"),
    path("sources/<str:code>/", source.source_page, name="source"),
    *record.details(),
    path("map/", map.map_page, name="map"),
    path("statistics/", statistics.statistics_page, name="statistics"),
    path("statistics/rows/", cell.capital_rows_page, name="statistics-rows"),
    path("statistics/flows/", flows.flows_page, name="flows"),
    path("statistics/flows/rows/", cell.flow_rows_page, name="flows-rows"),
    path("statistics/indicators/", indicators.indicators_page, name="indicators"),
    path("publications/", published.publications_page, name="publications"),
    path("publications/<str:code>/", published.publication_page, name="publication"),
    path("quality/", quality.quality_page, name="quality"),
    path("search/", search.search_page, name="search"),
    path("search/suggest/", suggest.suggest, name="suggest"),
    path("corrections/new/", correction.new_correction, name="correction-new"),
    path("corrections/<str:code>/", correction.correction_page, name="correction"),
    path("data/", data.data_page, name="data"),
]
