"""Whether the server lives, and whether it can serve."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from registry.models import Register

from .base import json


def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return json({"status": "ok"})


def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers and has its one register; 503 otherwise."""
    try:
        register = Register.objects.get(pk=1)
    except (DatabaseError, Register.DoesNotExist):
        response = json({"status": "database unavailable"})
        response.status_code = 503
        return response
    return json({"status": "ok", "revision": register.revision, "head": register.head})
