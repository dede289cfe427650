"""What holds for every test: no network beyond this machine, and the system's own browser."""

import ipaddress
import os
import socket

import pytest
from hypothesis import settings as hypothesis_settings

from tests import servers

# The same inputs on every run and no time limit: a slow machine is no failure.
hypothesis_settings.register_profile("tests", database=None, deadline=None, derandomize=True)
hypothesis_settings.load_profile("tests")

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


def pytest_collection_modifyitems(items):
    """Mark the browser tests by what they use, and run them last: see `playwright` below."""
    for item in items:
        if BROWSER_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("browser")
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture(scope="session")
def playwright(playwright):
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
