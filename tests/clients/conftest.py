import importlib.util
import sys
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.web.conftest import no_quota, static_files_where_they_lie

__all__ = ["no_quota", "static_files_where_they_lie"]

CLIENT = Path(__file__).resolve().parents[2] / "clients" / "python" / "bacninh_mirror.py"


@pytest.fixture(scope="session")
def mirrors():
    """The client, which is no package: one file that a partner copies."""
    spec = importlib.util.spec_from_file_location("bacninh_mirror", CLIENT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def site(committed, settings, tmp_path):
    """The address of a server of its own, whose register a test may write and whose dumps are its own."""
    settings.DUMPS_DIR = str(tmp_path / "dumps")
    server = LiveServer("127.0.0.1")
    yield server.url
    server.stop()
