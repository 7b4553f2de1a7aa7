"""How a module's syntax tree is searched for what our own source may not say."""

import ast
import re
from collections.abc import Iterator

LONGEST_FUNCTION = 60


def other_clocks(tree: ast.AST) -> Iterator[ast.AST]:
    """`datetime.now` and its like; `clock.now()`, a loop's own time and monotonic ones are fine."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name("datetime" | "date") | ast.Attribute(attr="datetime"
                    | "date"), attr="now" | "utcnow" | "today" | "fromtimestamp"):  # fmt: skip
                yield node
            case ast.Attribute(value=ast.Name("time"), attr="time" | "time_ns" | "localtime"):
                yield node
            case ast.ImportFrom(module="time", names=names) if any(
                alias.name in ("time", "time_ns") for alias in names
            ):
                yield node


def inexact_numbers(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name("float" | "round")):
                yield node
            case ast.Attribute(attr="quantize" | "to_integral_value"):
                yield node
            case ast.Call(func=ast.Name("Decimal"), args=[ast.Constant(value=float())]):
                yield node
            case ast.ImportFrom(module="fractions") | ast.Import(names=[ast.alias("fractions")]):
                yield node
            case ast.alias(name) if name.startswith("ROUND_"):
                yield node


def own_transactions(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        match node:
            case ast.Name("in_transaction" | "atomic") | ast.alias("in_transaction" | "atomic"):
                yield node
            case ast.Attribute(attr="in_transaction" | "atomic" | "transaction"):
                yield node


def made_viewers(tree: ast.AST) -> Iterator[ast.AST]:
    """Where a viewer is made: by hand, or as the firm's own machinery."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name("Viewer")):
                yield node
            case ast.Attribute(value=ast.Name("Viewer"), attr="system" | "of_contact"):
                yield node


def acts_for_the_firm(tree: ast.AST) -> Iterator[ast.AST]:
    """Where a contact's unit is given the firm's own rights."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="for_the_firm")):
                yield node


def acts_of_several(tree: ast.AST) -> Iterator[ast.AST]:
    """Where one unit holds the acts of several people, at moments that are said."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(attr="go_on_as")):
                yield node


_SQL = re.compile(
    r"\s*(select\s|insert\s+into\s|update\s+\S+\s+set\s|delete\s+from\s|with\s+\w+\s+as\s*\("
    r"|(create|drop|alter|grant|revoke|truncate|lock)\s+\S+\s+\S|set\s+(local|role|session)\s"
    r"|do\s+\$)"
)


def statements(tree: ast.AST) -> Iterator[ast.AST]:
    """Texts that are SQL as we write it, in lower case; docstrings are prose."""
    prose = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if id(node) not in prose and _SQL.match(_text(node)):
            yield node


def _text(node: ast.AST) -> str:
    """What a literal says, each value put into it as one word."""
    match node:
        case ast.Constant(value=str(text)):
            return text
        case ast.JoinedStr(values=parts):
            return "".join(_text(part) or "it" for part in parts)
    return ""


def replaced_parts(tree: ast.AST) -> Iterator[ast.AST]:
    """Mocks, and parts of ours put out of the way; an environment may be set."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module="unittest.mock" | "mock" | "pytest_mock"):
                yield node
            case ast.ImportFrom(module="unittest", names=names) | ast.Import(names=names) if any(
                alias.name in ("mock", "unittest.mock", "pytest_mock") for alias in names
            ):
                yield node
            case ast.Attribute(value=ast.Name("monkeypatch"), attr="setattr" | "delattr" | "setitem"
                    | "delitem"):  # fmt: skip
                yield node
            case ast.arg("mocker"):
                yield node


def skipped_tests(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr="skip" | "skipif" | "xfail" | "importorskip"):
                yield node


def package_fixtures(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        match node:
            case ast.keyword("scope", ast.Constant("package")):
                yield node


def long_functions(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        match node:
            case (
                ast.FunctionDef(lineno=first, end_lineno=int(last))
                | ast.AsyncFunctionDef(lineno=first, end_lineno=int(last))
            ) if last - first >= LONGEST_FUNCTION:
                yield node
