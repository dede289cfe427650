from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from registry.admin.site import site as officers
from registry.api.docs import docs
from registry.api.health import healthz, readyz
from registry.api.key import key_page
from registry.pages import errors
from registry.pages.catalog import catalog
from registry.pages.dumps import dump_file
from registry.pages.machines import robots, security
from registry.pages.sitemap import sitemap_index, sitemap_part

urlpatterns = [
    path("admin/", officers.urls),
    path("api/", docs),
    path("api/docs/", docs, name="api-docs"),
    path("api/key/", key_page, name="api-key-page"),
    path("api/v1/", include("registry.api.urls")),
    path("healthz", healthz),
    path("readyz", readyz),
    path("robots.txt", robots),
    path("sitemap.xml", sitemap_index, name="sitemap"),
    path("sitemap-<str:section>.xml", sitemap_part, name="sitemap-part"),
    path("catalog.jsonld", catalog, name="catalog"),
    path("data/dumps/<str:name>/<str:file>", dump_file, name="dump-file"),
    path(".well-known/security.txt", security),
    *i18n_patterns(path("", include("registry.pages.urls")), prefix_default_language=False),
]

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error
