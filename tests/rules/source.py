"""What our own source may not say: each rule finds its violations in one module's syntax tree."""

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

PRODUCT = ("server", "portal", "schema", "resolvers", "subscriptions", "models", "web")
OUTSIDE = ("server", "portal", "schema")

LONGEST_FUNCTION = 60


@dataclass(frozen=True)
class Rule:
    """What must not be, how it is found, and where it is right nevertheless."""

    says: str
    violations: Callable[[ast.AST], Iterator[ast.AST]]
    wrong: tuple[str, ...]
    """Samples that break it."""
    right: tuple[str, ...]
    """Samples that look like it and are fine."""
    rooms: tuple[str, ...] = PRODUCT
    reasons: Mapping[str, str] = field(default_factory=dict)
    """The files that may, and why."""


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


RULES = (
    Rule(
        "the database's clock is the only one (models/clock.py)",
        other_clocks,
        wrong=(
            "at = datetime.now(UTC)",
            "day = date.today()",
            "at = datetime.datetime.utcnow()",
            "began = time.time()",
            "from time import time",
            "make = datetime.now",
        ),
        right=(
            "at = await clock.now()",
            "began = time.monotonic()",
            "now = loop.time()",
            "at = row.start.time()",
        ),
        rooms=(*PRODUCT, "tests"),
    ),
    Rule(
        "money and time are whole numbers and decimals, and nothing rounds them",
        inexact_numbers,
        wrong=(
            "x = float(text)",
            "x = round(hours, 2)",
            "x = amount.quantize(CENT)",
            "x = Decimal(0.1)",
            "from fractions import Fraction",
            "from decimal import ROUND_DOWN",
        ),
        right=("x: float = 0.3", "x = Decimal('0.1')", "x = ground(1)", "x = seconds // 60"),
        reasons={"models/money.py": "the one place where an exact fraction becomes an amount"},
    ),
    Rule(
        "a transaction is a unit of work (models/unit_of_work.py)",
        own_transactions,
        wrong=(
            "from tortoise.transactions import in_transaction",
            "async with transactions.in_transaction(): pass",
            "@atomic()\nasync def f(): pass",
            "async with connection.transaction(): pass",
        ),
        right=("async with unit_of_work(viewer): pass", "_in_transaction = _refuse"),
        reasons={"models/migrations/__init__.py": "each migration is a transaction, of no firm"},
    ),
    Rule(
        "what the firm does in consequence of a contact's act is named here",
        acts_for_the_firm,
        wrong=("async with current().for_the_firm(): pass",),
        right=("async with unit_of_work(viewer): pass",),
        reasons={
            "models/requests/__init__.py": "a request is fulfilled, and its job goes on",
            "models/documents/__init__.py": "what came is examined, and the verdict taken over",
            "resolvers/invoice_documents.py": "an invoice that they see is set in type",
        },
    ),
    Rule(
        "a unit of work is one person's",
        acts_of_several,
        wrong=("await unit.go_on_as(viewer, at)",),
        right=("async with unit_of_work(viewer, at=at): pass",),
        reasons={"resolvers/demo/stage.py": "a day of a demo firm is told in one transaction"},
    ),
    Rule(
        "viewers are made by authentication; the firm's own machinery is named here",
        made_viewers,
        wrong=("v = Viewer.system(firm_id, 'x')", "v = Viewer(firm_id=f, member_id=m, role=r)"),
        right=("def f(viewer: Viewer) -> None: pass", "v = viewer_of(token)"),
        reasons={
            "models/sign_in.py": "who holds a session or token",
            "resolvers/sign_in.py": "opens the session of whoever gave the right password",
            "models/portal_sign_in.py": "which contact holds a session of the portal",
            "resolvers/portal_sign_in.py": "mails links and redeems them, before anybody is in",
            "resolvers/operators.py": "the member whom the command line names",
            "resolvers/demo/__init__.py": "founds the demo firms",
            "resolvers/background.py": "does the work that waits in the queue, firm by firm",
            "resolvers/firms.py": "founds a firm, which has no members yet",
            "resolvers/demo/making.py": "founds a demo firm, and lets its people in",
            "resolvers/demo/stage.py": "lets the demo's members act",
            "subscriptions/firm_feed.py": "reads a firm's events once for all who follow",
            "subscriptions/follower.py": "reads what was missed, before asking who may see it",
        },
    ),
    Rule(
        "SQL is composed in models, resolvers and subscriptions",
        statements,
        wrong=(
            "rows = await unit.fetch('select * from job')",
            "await c.execute(f'update {table} set x = 1')",
            "SQL = '''with x as (select 1)'''",
            "await c.execute('set role openpractice_app')",
        ),
        right=(
            "'''select among the firms'''",
            "help = 'Select a firm'",
            "message = 'update it first'",
        ),
        rooms=OUTSIDE,
        reasons={
            "server/embedded/logins.py": "makes the roles and the database themselves",
            "server/external.py": "tries whether the given login may act as the app",
            "server/app.py": "asks whether the database answers",
            "server/commands/running.py": "asks, as the owner, whether any firm was ever founded",
        },
    ),
    Rule(
        "no part of ours is replaced in a test",
        replaced_parts,
        wrong=(
            "from unittest.mock import Mock",
            "from unittest import mock",
            "import unittest.mock",
            "monkeypatch.setattr(web, 'page', broken)",
            "def test_it(mocker): pass",
        ),
        right=("monkeypatch.setenv('PORT', '1')", "monkeypatch.chdir(path)"),
        rooms=("tests",),
    ),
    Rule(
        "no test is skipped",
        skipped_tests,
        wrong=("@pytest.mark.skip\ndef test_it(): pass", "pytest.importorskip('x')"),
        right=("lines.skipped = 3",),
        rooms=("tests",),
        reasons={
            "tests/equipment.py": "a browser and a Redis, which not every machine has; said loudly",
            "tests/conftest.py": "the same Redis",
        },
    ),
    Rule(
        "no fixture is a package's: our folders are none, so pytest keeps it for the whole session",
        package_fixtures,
        wrong=("@pytest.fixture(scope='package')\ndef made(): pass",),
        right=("@pytest.fixture(scope='module')\ndef made(): pass",),
        rooms=("tests",),
    ),
    Rule(
        f"a function has at most {LONGEST_FUNCTION} lines",
        long_functions,
        wrong=("def f():\n" + "    x = 1\n" * LONGEST_FUNCTION,),
        right=("def f():\n" + "    x = 1\n" * (LONGEST_FUNCTION - 1),),
        rooms=(*PRODUCT, "tests"),
    ),
)
