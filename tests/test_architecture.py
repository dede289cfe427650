"""The house keeps its floors: what may import what, how long a file and a function may be."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent / "registry"

LONGEST_FILE = 300
LONGEST_FUNCTION = 40

# A file imports from its own floor and from those below it.
FLOORS = {
    "vocabulary": 0, "models": 1, "statistics": 2, "actions": 3, "exchange": 4, "web": 5, "templatetags": 5,
    "api": 6, "pages": 6, "admin": 6, "management": 6,
}
DOORS = {"api", "pages", "admin", "management"}

# The clock belongs to the doors, and to the act, which is the moment of recording.
MAY_READ_THE_CLOCK = {"actions/writing.py", "web/revision.py"}
CLOCK = {"now", "localdate", "today", "utcnow", "localtime"}

FILES = sorted(
    path for path in ROOT.rglob("*.py") if "migrations" not in path.parts and path.read_text(encoding="utf-8").strip()
)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def floor_of(path: Path) -> str:
    return path.relative_to(ROOT).parts[0]


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def modules_imported(path: Path) -> list[str]:
    """The rooms of the register that a file imports, relative imports included."""
    here = ["registry", *path.relative_to(ROOT).with_suffix("").parts]
    found = []
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            found += [f"{module}.{alias.name}" for alias in node.names]
    return [name for name in found if name.startswith("registry.")]


def functions(path: Path):
    return [node for node in ast.walk(tree_of(path)) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))]


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_imports_go_down_only(path):
    floor = floor_of(path)
    if floor not in FLOORS:
        return
    for name in modules_imported(path):
        room = name.split(".")[1]
        if room == floor:
            continue
        assert FLOORS[room] <= FLOORS[floor], f"{name_of(path)} imports {name}, which stands above it"
        assert not (room in DOORS and floor in DOORS), f"{name_of(path)} is a door and imports the door {name}"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_file_is_short(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_FILE, f"{name_of(path)} has {lines} lines"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_function_is_short(path):
    for function in functions(path):
        lines = function.end_lineno - function.lineno + 1
        assert lines <= LONGEST_FUNCTION, f"{name_of(path)}:{function.name} has {lines} lines"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_import_inside_a_function_and_no_receiver(path):
    for function in functions(path):
        inside = [node for node in ast.walk(function) if isinstance(node, (ast.Import, ast.ImportFrom))]
        assert not inside, f"{name_of(path)}:{function.name} imports inside"
        for decorator in function.decorator_list:
            assert "receiver" not in ast.unparse(decorator), f"{name_of(path)}:{function.name} is a signal receiver"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_the_clock_belongs_to_the_doors(path):
    if floor_of(path) in DOORS or name_of(path) in MAY_READ_THE_CLOCK:
        return
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCK:
            of_an_argument = bool(node.args)  # timezone.localdate(moment) converts, it does not ask the time
            assert of_an_argument, f"{name_of(path)}:{node.lineno} asks the time"


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_only_actions_write(path):
    """Doors and statistics never save: every change goes through an action."""
    if floor_of(path) not in {"statistics", "web", "api", "pages", "admin", "templatetags"}:
        return
    writers = {"save", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in writers, f"{name_of(path)}:{node.lineno} writes"


def test_every_floor_is_known():
    rooms = {path.name for path in ROOT.iterdir() if path.is_dir() and path.name not in {"__pycache__", "migrations"}}
    assert rooms == set(FLOORS)
