"""What our own source may not say, room by room, and where it is right nevertheless."""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from tests.rules.violations import (
    LONGEST_FUNCTION,
    acts_for_the_firm,
    acts_of_several,
    inexact_numbers,
    long_functions,
    made_viewers,
    other_clocks,
    own_transactions,
    package_fixtures,
    replaced_parts,
    skipped_tests,
    statements,
)

PRODUCT = ("server", "portal", "schema", "resolvers", "subscriptions", "models", "web")
OUTSIDE = ("server", "portal", "schema")


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
