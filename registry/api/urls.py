from django.urls import path

from registry.web.listing import LISTINGS

from .base import DetailView, ListView
from .changes import ChangesView
from .docs import OpenApiView
from .dumps import DumpsView
from .key import KeyView
from .publications import PublicationsView, PublicationView
from .root import NOTHING, NothingHere, RootView
from .statistics import (
    CapitalRowsView,
    CapitalView,
    CoverageView,
    FlowRowsView,
    FlowsView,
    IndicatorsView,
    QuarterlyFormView,
)

urlpatterns = [
    path("", RootView.as_view(), name="api-root"),
    path("openapi.json", OpenApiView.as_view(), name="api-schema"),
    path("statistics/capital/", CapitalView.as_view()),
    path("statistics/capital/rows/", CapitalRowsView.as_view()),
    path("statistics/flows/", FlowsView.as_view()),
    path("statistics/flows/rows/", FlowRowsView.as_view()),
    path("statistics/a-iv-1/", QuarterlyFormView.as_view()),
    path("statistics/coverage/", CoverageView.as_view()),
    path("statistics/indicators/", IndicatorsView.as_view()),
    path("changes/", ChangesView.as_view()),
    path("publications/", PublicationsView.as_view()),
    path("publications/<str:code>/", PublicationView.as_view()),
    path("dumps/", DumpsView.as_view(), name="api-dumps"),
    path("key/", KeyView.as_view(), name="api-key"),
    *[path(f"{name}/", ListView.as_view(), {"path": name}) for name in LISTINGS],
    *[path(f"{name}/<str:code>/", DetailView.as_view(), {"path": name}) for name in LISTINGS],
    path("<path:anything>", NothingHere.as_view(), name=NOTHING),
]
