"""What ARCHITECTURE.md promises is held by a test of that very name."""

import ast
import re

import pytest

from server.settings import CHECKOUT

TARGETS = set(re.findall(r"^([a-z-]+):", (CHECKOUT / "Makefile").read_text(), re.MULTILINE))


def invariants(text: str) -> dict[str, str]:
    """Each invariant, and the cell that names what holds it."""
    table = text.partition("| invariant |")[2].partition("\n\n")[0].splitlines()[2:]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in table]
    return {invariant: test for invariant, _, test in cells}


def missing(cell: str) -> list[str]:
    """What a cell names and does not exist; a cell must name a test or a command."""
    tests = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", cell)
    commands = re.findall(r"`make ([a-z-]+)`", cell)
    if not tests and not commands:
        return [f"no test in {cell!r}"]
    return [f"{file}::{name}" for file, name in tests if name not in _functions(file)] + [
        f"make {command}" for command in commands if command not in TARGETS
    ]


def _functions(file: str) -> set[str]:
    path = CHECKOUT / file
    body = ast.parse(path.read_text()).body if path.is_file() else []
    return {node.name for node in body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


INVARIANTS = invariants((CHECKOUT / "ARCHITECTURE.md").read_text())


def test_there_are_invariants() -> None:
    assert len(INVARIANTS) > 15


@pytest.mark.parametrize("invariant", INVARIANTS)
def test_every_test_that_is_named_exists(invariant: str) -> None:
    assert missing(INVARIANTS[invariant]) == []


@pytest.mark.parametrize(
    "cell",
    [
        "`tests/rules/test_architecture.py::test_of_nothing`",
        "`tests/rules/test_gone.py::test_there_are_invariants`",
        "`make coffee`",
        "`tests/models/`",
        "",
    ],
)
def test_a_promise_that_nothing_holds_is_told(cell: str) -> None:
    assert missing(cell)
