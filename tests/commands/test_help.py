"""Every command says what it does when it is asked for help."""

import pytest
from django.core.management import get_commands, load_command_class

COMMANDS = sorted(name for name, app in get_commands().items() if app == "registry")


def test_there_are_commands():
    assert {"prepare", "publish_dump", "check_register"} <= set(COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_help(name):
    command = load_command_class("registry", name)
    told = command.create_parser("manage.py", name).format_help()

    assert " ".join(str(command.help).split())[:40] in " ".join(told.split())
