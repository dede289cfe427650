"""What holds for every test: no network beyond this machine, a register with its reference lists, and the
system's own browser."""

import gc
import ipaddress
import itertools
import os
import socket
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.apps import apps
from django.core.cache import caches
from django.core.management.color import no_style
from django.db import connection, connections, transaction
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from hypothesis import settings as hypothesis_settings

from registry.actions.writing import writing
from registry.exchange import press as press_facts
from registry.exchange.messages import compile_messages
from registry.exchange.reference import load_reference
from registry.models import counts
from registry.vocabulary.change import Door
from tests import servers
from tests.weigh import weigh

# The same inputs on every run and no time limit: a slow machine is no failure.
hypothesis_settings.register_profile("tests", database=None, deadline=None, derandomize=True)
hypothesis_settings.load_profile("tests")

# English pages need the compiled catalog, which is not in the repository.
compile_messages(Path(__file__).parent.parent / "locale")

copies = itertools.count(1)

made_to_last = []  # one for each fixture that is `lasting` and whose tests have not ended

BROWSER_FIXTURES = {"playwright", "browser", "context", "new_context", "page"}


class NetworkBlocked(RuntimeError):
    """A test tried to leave this machine. Not an OSError: code that expects those must not swallow it."""


def is_loopback(host) -> bool:
    """True for this machine by name or address, and for an empty host (any address of this machine)."""
    host = host.decode() if isinstance(host, bytes) else host
    if host in (None, "", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session", autouse=True)
def only_loopback():
    """Refuse connections and name look-ups beyond loopback.

    It guards Python; psycopg connects in C and is given loopback addresses only, the browser has its own
    rule in `browser_type_launch_args`.
    """
    real_connect, real_connect_ex = socket.socket.connect, socket.socket.connect_ex
    real_getaddrinfo = socket.getaddrinfo

    def check(host):
        if not is_loopback(host):
            raise NetworkBlocked(f"A test must not reach {host}")

    def connect(self, address):
        if self.family != socket.AF_UNIX:
            check(address[0])
        return real_connect(self, address)

    def connect_ex(self, address):
        if self.family != socket.AF_UNIX:
            check(address[0])
        return real_connect_ex(self, address)

    def getaddrinfo(host, *args, **kwargs):
        check(host)
        return real_getaddrinfo(host, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect)
        patch.setattr(socket.socket, "connect_ex", connect_ex)
        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_modify_db_settings, django_db_blocker):
    """A test database with the reference lists, as the register of a new machine has them.

    In place of the fixture of pytest-django, which makes none where it sees no test that needs one: a test
    that is `committed` would then write to the database of the developer.
    """
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
        counts.forget(2**60)  # on SQLite they lie beside the database, perhaps since another day
        with writing(by="test", reason="reference lists", door=Door.LOADER) as act:
            load_reference(act)
    yield
    with django_db_blocker.unblock():
        _tidy_up_beside(connection.settings_dict["NAME"])
        _part_from_everyone()
        teardown_databases(made, verbosity=0)


@contextmanager
def copied(suffix: str):
    """A copy of the database in use, thrown away at the end; gives its name."""
    creation = connection.creation
    _part_from_everyone()
    _forget_logs(creation, suffix)
    creation.clone_test_db(suffix, verbosity=0)
    made = creation.get_test_db_clone_settings(suffix)["NAME"]
    try:
        yield made
    finally:
        connections.close_all()
        _tidy_up_beside(made)
        _send_away("datname = %s AND backend_type = 'autovacuum worker'", [made])
        creation.destroy_test_db(suffix=suffix, verbosity=0)
        connections.close_all()


@contextmanager
def working_in(name: str):
    """Take another database for a while. In place: the connections of other threads read the same settings."""
    usual = connection.settings_dict["NAME"]
    connections.close_all()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connections.close_all()
        connection.settings_dict["NAME"] = usual


@pytest.fixture(scope="session")
def press_database(django_db_setup, django_db_blocker):
    """The name of a copy of the test database that has the press facts, made when the first test asks for it."""
    with django_db_blocker.unblock(), copied("press") as name:
        with working_in(name), writing(by="test", reason=press_facts.REASON, door=Door.LOADER) as act:
            press_facts.load_press(act)
        yield name


@pytest.fixture(scope="module")
def press(press_database, django_db_blocker):
    """The press facts, for the tests of one module, which may write: each is rolled back by itself."""
    with django_db_blocker.unblock(), working_in(press_database):
        yield


@pytest.fixture(scope="session")
def lasting(django_db_setup, django_db_blocker):
    """``with lasting(make) as made: yield made`` in a fixture of a class or a module: what ``make`` writes is made
    once for all of the tests that ask for it, each of which is rolled back to it, and is gone after them.

    The tests of the module that do not ask for it run before, and one that would see it all the same fails.
    """
    @contextmanager
    def until_the_end(make, *given):
        with django_db_blocker.unblock(), transaction.atomic():
            made = make(*given)
            # PostgreSQL would look at these references again at the end of each of the tests.
            connection.check_constraints()
            if connection.vendor == "postgresql":  # it would plan as for empty tables, and take minutes for a question
                weigh()
            made_to_last.append(True)
            try:
                yield made
            finally:
                made_to_last.pop()
                transaction.set_rollback(True)

    return until_the_end


def _forget_logs(creation, suffix: str) -> None:
    """Remove the write-ahead log that an earlier copy of this name left behind: it is not this copy's."""
    if connection.vendor == "sqlite":
        name = creation.get_test_db_clone_settings(suffix)["NAME"]
        for log in ("-wal", "-shm"):
            Path(f"{name}{log}").unlink(missing_ok=True)


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """A copy of the test database, thrown away after the test: one that commits, or has several connections.

    In place of `django_db(transaction=True)`, which empties the tables afterwards: the triggers of the
    append-only tables refuse that, and it would take the reference lists away from the tests that follow.
    """
    with django_db_blocker.unblock(), copied(f"copy{next(copies)}") as name, working_in(name):
        yield


@pytest.fixture
def committed_press(press_database, django_db_blocker):
    """As ``committed``, with the press facts."""
    with (django_db_blocker.unblock(), working_in(press_database), copied(f"copy{next(copies)}") as name,
          working_in(name)):
        yield


def _tidy_up_beside(copy: str) -> None:
    """Delete what an SQLite connection that nobody closed has left: the next copy would read it as its own."""
    if connection.vendor == "sqlite":
        for end in ("-wal", "-shm", ".counts", ".counts-wal", ".counts-shm"):
            Path(f"{copy}{end}").unlink(missing_ok=True)


def _part_from_everyone() -> None:
    """Close every connection to the test database: only what nobody uses can be copied, or dropped."""
    _send_away("datname = current_database() AND pid <> pg_backend_pid()")
    connections.close_all()


def _send_away(which: str, of: Sequence = ()) -> None:
    """End PostgreSQL's sessions, and wait until they are gone: it waits five seconds itself where a database is to be
    copied or dropped, which an autovacuum on a busy disk may outlast."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE {which}", of)


@pytest.fixture(autouse=True)
def the_next_numbers(request):
    """PostgreSQL counts on where SQLite takes a number back with the test that used it. Addresses and codes have these
    numbers: without this a test would see others by which tests ran before it."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        if counted_anew := connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            with connection.cursor() as cursor:
                cursor.execute("".join(counted_anew))


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """A hash that is made slow on purpose is no subject of a test, and hundreds of them are its whole time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def no_page_of_another_test():
    """Two tests may give the register the same revision with other records."""
    caches["pages"].clear()


@pytest.fixture(autouse=True)
def the_default_language():
    """A request leaves its language to the thread: without this, to the next test."""
    yield
    translation.deactivate()


def pytest_collection_finish():
    """What thousands of collected tests stand on stays to the end: looking for garbage in it took a tenth of the
    time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_collection_modifyitems(items):
    """Mark the browser tests by what they use, and run them last: see `playwright` below. Within a file those come last
    that see what is `lasting`."""
    for item in items:
        if _empties_the_tables(item):
            raise pytest.UsageError(f"{item.nodeid}: use the fixture `committed`, which says why")
        if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
    places = {path: place for place, path in enumerate(dict.fromkeys(item.path for item in items))}
    items.sort(key=lambda item: (item.get_closest_marker("browser") is not None, places[item.path],
                                 "lasting" in item.fixturenames))


def pytest_runtest_setup(item):
    if made_to_last and "lasting" not in item.fixturenames:
        pytest.fail(f"{item.nodeid} sees what other tests of its module have made: give the fixture a smaller scope")


def _empties_the_tables(item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction")) or bool(
        {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def connections_closed():
    """Beside an event loop Django opens connections of its own: one from before would keep the database in use."""
    connections.close_all()


@pytest.fixture(scope="session")
def playwright(connections_closed, playwright):
    """Playwright keeps an event loop in this thread from here on, and Django takes that for async code."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        yield playwright


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {
        **browser_type_launch_args,
        "executable_path": servers.chromium(),
        "args": [
            "--no-sandbox",  # Chromium refuses to start as root, as in a container, with it
            "--disable-gpu",
            "--disable-dev-shm-usage",  # a container's /dev/shm is small
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            # Nothing but this machine, whatever a page asks for.
            "--no-proxy-server",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
        ],
    }
