"""What programs ask of any site: whom they may visit, and whom to tell of a weakness."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation

from registry.web.revision import by_revision

PLAIN = "text/plain; charset=utf-8"
# RFC 9116 asks for less than a year.
VALID_FOR = timedelta(days=180)

# The officers' door, and the addresses that show again what another one shows.
ROBOTS = """\
User-agent: *
Allow: /
Disallow: /admin/
Disallow: /corrections/
Disallow: /en/corrections/
Disallow: /*?format=
Disallow: /*&format=
Disallow: /*?cursor=
Disallow: /*&cursor=

Sitemap: {sitemap}
"""

SECURITY = """\
Contact: {contact}
Expires: {expires}
Preferred-Languages: vi, en
Canonical: {canonical}
"""


def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS.format(sitemap=request.build_absolute_uri(reverse("sitemap"))), content_type=PLAIN)


@by_revision
def security(request: HttpRequest) -> HttpResponse:
    """RFC 9116. It expires some months after the day on which it is read."""
    expires = timezone.localdate() + VALID_FOR
    return HttpResponse(SECURITY.format(
        contact=security_contact(request), expires=f"{expires.isoformat()}T00:00:00Z",
        canonical=request.build_absolute_uri(request.path),
    ), content_type=PLAIN)


def security_contact(request: HttpRequest) -> str:
    """The contact of the settings as a URI; without one the part of this site that says how to report."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        with translation.override("vi"):
            return request.build_absolute_uri(reverse("pages:data")) + "#errors"
    return f"mailto:{contact}" if "@" in contact and ":" not in contact else contact
