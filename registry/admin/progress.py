"""Long work that tells how far it is: a form that a script has sent is answered line by line, as plain JSON.

Each line is a step with how much of it is done, or that the server is still there; the last says where to go (``to``,
and what was ``said``), or what the page is now (``page``, at the address ``at``), or that it ``failed``. The work has a
thread of its own: where the browser goes away in the midst of it, it is done to its end all the same. Without the
script the same view answers as any other.
"""

import logging
from collections.abc import Callable, Iterator
from contextvars import copy_context
from functools import partial, wraps
from queue import Empty, SimpleQueue
from threading import Thread

import orjson
from django.contrib.messages import get_messages
from django.db import connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.encoding import iri_to_uri

from registry.actions.plan import nobody
from registry.vocabulary.batch import Step

THREAD = "long work"
LINES = "application/x-ndjson"
SILENCE = 10  # seconds after which a line without news is sent: a proxy cuts what is silent
AT = "registry_page_at"  # where a page stands that answers a form in place of a redirect

logger = logging.getLogger(__name__)


def in_lines(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that takes ``told`` (``actions.plan.Told``), answered in lines where a script asks for them."""

    @wraps(view)
    def answered(model_admin, request: HttpRequest, *args):
        if not asks_for_lines(request):
            return view(model_admin, request, *args, told=nobody)
        return StreamingHttpResponse(
            _lines(request, partial(view, model_admin, request, *args)), content_type=LINES,
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})

    return answered


def asks_for_lines(request: HttpRequest) -> bool:
    return request.method == "POST" and request.headers.get("Accept") == LINES


def _lines(request: HttpRequest, work: Callable[..., HttpResponse]) -> Iterator[bytes]:
    told: SimpleQueue = SimpleQueue()
    Thread(name=THREAD, target=copy_context().run, args=(_work, request, work, told)).start()
    line: dict = {}
    while not {"to", "page", "failed"} & line.keys():
        try:
            line = told.get(timeout=SILENCE)
        except Empty:
            line = {"waiting": True}
        yield orjson.dumps(line) + b"\n"


def _work(request: HttpRequest, work: Callable[..., HttpResponse], told: SimpleQueue) -> None:
    """Do the work, with a connection to the database of its own, and tell how it ended."""
    last: dict = {"failed": True}
    try:
        last = _last_line(request, work(told=lambda step, done, of: told.put(
            {"step": str(Step(step).label), "done": done, "of": of})))
    except Exception:
        logger.exception("Long work failed: %s", request.path)
    finally:
        connections.close_all()
        told.put(last)


def _last_line(request: HttpRequest, response: HttpResponse) -> dict:
    if "Location" in response:
        # No cookie can carry what was said to the next page: the answer has begun.
        return {"to": response["Location"], "said": " ".join(str(each) for each in get_messages(request))}
    page = response.render().content.decode()
    return {"page": page, "at": iri_to_uri(getattr(response, AT, request.get_full_path()))}
