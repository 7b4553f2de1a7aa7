"""The codes of refusals are a contract with programs: one is added or removed in the open."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.errors import Code
from server.settings import CHECKOUT
from tests.rules.snapshots import must_be_checked_in

ROOMS = ("models", "resolvers", "subscriptions", "schema", "portal", "server")

HEAD = """\
# Every code that a refusal can carry; the first line of models/errors.py says what they are for.
# Written anew by: WRITE_SNAPSHOTS=1 make test TESTS=tests/rules/test_error_codes.py
"""


def codes(tree: ast.AST) -> Iterator[str]:
    """The codes that a module gives: as `code=…`, or as an error's own."""
    for node in ast.walk(tree):
        match node:
            case ast.keyword(arg="code", value=value):
                yield from _texts(value)
            case ast.ClassDef(body=body):
                for line in body:
                    match line:
                        case ast.Assign(targets=[ast.Name("code")], value=value):
                            yield from _texts(value)


def _texts(value: ast.AST) -> Iterator[str]:
    """A text, or the ones that a condition chooses between; not what it compares."""
    match value:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=orelse):
            yield from _texts(body)
            yield from _texts(orelse)


def all_codes() -> set[str]:
    paths = [path for room in ROOMS for path in (CHECKOUT / room).rglob("*.py")]
    given = {code for path in paths for code in codes(ast.parse(Path(path).read_text()))}
    return given | {code.value for code in Code}


def test_the_codes_are_the_ones_checked_in() -> None:
    must_be_checked_in("error_codes.txt", HEAD + "\n".join(["", *sorted(all_codes())]) + "\n")


def test_a_code_is_a_word_for_programs() -> None:
    assert [code for code in all_codes() if not re.fullmatch(r"[A-Z][A-Z0-9_]{2,40}", code)] == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("raise Locked('It is over.', path=('id',), code='JOB_OVER')", ["JOB_OVER"]),
        ("e = Conflict('No.', code='TAKEN' if 'exists' in text else None)", ["TAKEN"]),
        ("class Gone(PracticeError):\n    code = 'GONE'", ["GONE"]),
        ("code = 'not an error'\nf(code, mode='x')", []),
    ],
)
def test_a_code_is_found_where_it_is_given(source: str, found: list[str]) -> None:
    assert list(codes(ast.parse(source))) == found
