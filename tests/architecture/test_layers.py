"""Rules of the house that no linter knows."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import APPS, OURS, name_of, python_files, tree

LONGEST_FILE = 400  # lines
NAMELESS = {"utils", "helpers", "common", "misc"}
# Calls that write rows; the names of the modules that may make them.
WRITES = {
    "save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update",
    "add_child", "add_root", "save_revision",
}  # fmt: skip
WRITERS = {"services", "models"}
# Imports inside functions, each with its reason.
LATE_IMPORTS = {
    "ready": "AppConfig.ready runs when all models are loaded",
    "weasyprint": "loads a hundred libraries, which only the drawing of a certificate needs",
}


def is_write(call: ast.Call) -> bool:
    """Tell QuerySets from dicts, caches and sets: they update by keywords, delete without words."""
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr == "update":
        return bool(call.keywords) and not call.args
    if call.func.attr == "delete":
        return not call.args
    return call.func.attr in WRITES


def late_imports(module: ast.Module) -> Iterator[tuple[int, str]]:
    for function in ast.walk(module):
        if not isinstance(function, ast.FunctionDef) or function.name in LATE_IMPORTS:
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield node.lineno, node.module or "."


def test_only_services_and_models_write():
    strays = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files(*APPS)
        if not WRITERS & {path.stem, path.parent.name}
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and is_write(node)
    ]
    assert strays == []


@pytest.mark.parametrize(
    ("code", "writes"),
    [
        ("case.save(update_fields=['state'])", True),
        ("cases.update(state='closed')", True),
        ("cases.delete()", True),
        ("context.update(extra)", False),
        ("cache.delete('key')", False),
    ],
)
def test_a_write_is_told_from_a_dict_or_a_cache(code, writes):
    assert is_write(ast.parse(code).body[0].value) is writes


def test_no_error_is_caught_without_its_name():
    broad = [
        f"{name_of(path)}:{node.lineno}"
        for path in python_files(*OURS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"})
    ]
    assert broad == []


def test_every_module_is_named_by_its_subject():
    assert [name_of(p) for p in python_files(*OURS) if NAMELESS & {p.stem, p.parent.name}] == []


def test_no_file_is_too_long_to_read():
    lengths = {name_of(path): path.read_text().count("\n") for path in python_files(*OURS, "tests")}
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_imports_stand_at_the_top():
    inside = [
        f"{name_of(path)}:{line} {module}"
        for path in python_files(*OURS)
        for line, module in late_imports(tree(path))
        if module.split(".")[0] not in LATE_IMPORTS
    ]
    assert inside == []
