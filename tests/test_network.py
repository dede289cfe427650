"""No test leaves this machine, and every test has its server and browser."""

import http.server
import socket
import threading
import urllib.request

import pytest

from tests.conftest import NetworkBlocked


@pytest.fixture
def neighbour():
    """A web server on this machine that answers every address with a page; yields its port."""

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<h1>here</h1>")

        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.mark.parametrize("host", ["192.0.2.1", "example.com", "2001:db8::1", "0.0.0.0.example.com"])
def test_python_cannot_connect_beyond_this_machine(host):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for connect in (socket.socket.connect, socket.socket.connect_ex):
        with socket.socket(family) as outside, pytest.raises(NetworkBlocked):
            connect(outside, (host, 80))
    with pytest.raises(NetworkBlocked):
        socket.create_connection((host, 80), timeout=1)


def test_python_cannot_look_up_names():
    with pytest.raises(NetworkBlocked):
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open("http://example.com/", timeout=1)


def test_python_reaches_this_machine(neighbour):
    for host in ("127.0.0.1", "localhost"):
        with socket.create_connection((host, neighbour), timeout=5) as here:
            assert here.getpeername()[1] == neighbour


def test_browser_reaches_this_machine_only(page, neighbour):
    for host in ("127.0.0.1", "localhost"):
        page.goto(f"http://{host}:{neighbour}/")
        assert page.locator("h1").inner_text() == "here"
    for host in ("192.0.2.1", "example.com"):
        with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
            page.goto(f"http://{host}/")
