from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from registry.api.docs import docs
from registry.api.health import healthz, readyz
from registry.pages import errors

urlpatterns = [
    path("admin/", admin.site.urls),
    path("api/", docs),
    path("api/docs/", docs, name="api-docs"),
    path("api/v1/", include("registry.api.urls")),
    path("healthz", healthz),
    path("readyz", readyz),
    *i18n_patterns(path("", include("registry.pages.urls")), prefix_default_language=False),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
