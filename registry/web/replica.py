"""Public reads from a replica, where there is one: ``DATABASE_REPLICA_URL``.

An answer reads the revision and the rows from the same database, so a replica that lags gives an older
answer under its own tag, never a mixed one. Officers and writers use the main database alone.
"""

from contextvars import ContextVar

_reading: ContextVar[bool] = ContextVar("a public read is under way", default=False)


class ReadFromReplica:
    """The database router: reads of a public request go to the replica."""

    def db_for_read(self, model, **hints):
        return "replica" if _reading.get() else None

    def db_for_write(self, model, **hints):
        return "default"

    def allow_relation(self, one, other, **hints):
        return True

    def allow_migrate(self, db, app_label, **hints):
        return db == "default"


class PublicReads:
    """Middleware that marks GET and HEAD outside the officers' door as public reads."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        public = request.method in ("GET", "HEAD") and not request.path.startswith("/admin/")
        token = _reading.set(public)
        try:
            return self.get_response(request)
        finally:
            _reading.reset(token)
