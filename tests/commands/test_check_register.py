from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from registry.management.commands import check_register
from registry.models import Country, Project, Register
from tests import build


def run() -> tuple[list[str], str]:
    """The lines that it prints, and the message with which it fails."""
    out, failure = StringIO(), ""
    try:
        call_command("check_register", stdout=out)
    except CommandError as error:
        assert error.returncode == 1
        failure = str(error)
    return out.getvalue().splitlines(), failure


@pytest.mark.django_db
def test_a_clean_register_is_said_to_be_clean():
    build.make_project(capital_usd=1000)
    register = Register.objects.get()

    [line], failure = run()

    assert line.startswith(
        f"Sổ đăng ký sạch: {register.head} thay đổi trong {register.revision} hành động, ")
    assert line.endswith(" bản ghi.")
    assert failure == ""


@pytest.mark.django_db
def test_each_problem_has_its_line():
    project = build.make_project(capital_usd=1000)
    Project.objects.filter(pk=project.pk).update(address="nơi khác")
    Country.objects.filter(code="KR").update(printed="khác")

    lines, failure = run()

    assert lines == [f"project {project.code}: đã bị sửa ngoài sổ: address",
                     "country KR: đã bị sửa ngoài sổ: printed"]
    assert failure == "Sổ đăng ký có 2 vấn đề."


@pytest.mark.django_db
def test_it_stops_when_it_has_said_enough(monkeypatch):
    monkeypatch.setattr(check_register, "MOST", 5)
    Country.objects.update(printed="khác")

    lines, failure = run()

    assert len(lines) == 5
    assert failure == "Sổ đăng ký có từ 5 vấn đề; đã dừng ở đây."


def test_it_reads_one_moment_outside_a_transaction(committed):
    build.make_project(capital_usd=1000)

    [line], failure = run()

    assert line.startswith("Sổ đăng ký sạch: ")
    assert failure == ""
    assert build.make_investor().pk, "the connection writes again"
