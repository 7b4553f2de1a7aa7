"""What no file of the checkout may be or say: too long, misnamed, bound to one machine."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.settings import CHECKOUT

LONGEST = 300
WRITTEN = {".py", ".js", ".mjs", ".css", ".sql", ".md", ".html"}
"""Kinds of file that people write line by line."""

FETCHED = {"node_modules", ".venv", "build", "dist", "__pycache__"}
PICTURES = {".png", ".woff2", ".ico"}

ADDRESS = re.compile(
    r"https?://[^\s\"']*(?:pypi|pythonhosted|npmjs|nexus|artifactory|/simple\b)[^\s\"']*"
    r"|^\s*(?:--(?:extra-)?index-url|--find-links|registry\s*=)|\"resolved\":",
    re.MULTILINE,
)
"""Where packages come from is the business of whoever fetches them, not of the project."""

PATH = re.compile(r"(?<![\w./-])/(?:home|Users|root|work|tmp|private|mnt|opt)/[\w.]")
"""A place on somebody's machine."""


def files() -> Iterator[Path]:
    """All that is the project's: neither fetched, made nor left by tools."""
    tops = [top for top in CHECKOUT.iterdir() if _ours(top)]
    for top in sorted(tops):
        below = [top] if top.is_file() else sorted(top.rglob("*"))
        yield from (
            p for p in below if p.is_file() and not FETCHED & {*p.relative_to(CHECKOUT).parts}
        )


def _ours(top: Path) -> bool:
    hidden = top.name.startswith(".") and top.name not in (".ci", ".gitignore", ".dockerignore")
    return not hidden and top.name not in FETCHED and top.suffix != ".egg-info"


FILES = {path.relative_to(CHECKOUT).as_posix(): path for path in files()}
TEXTS = {name: path for name, path in FILES.items() if path.suffix not in PICTURES}


def named_like_the_library(name: str) -> bool:
    path = Path(name)
    module = path.parent.name if path.stem == "__init__" else path.stem
    return path.suffix == ".py" and module in sys.stdlib_module_names


def bound(text: str) -> list[str]:
    """Addresses of registries and places on one machine that a text names."""
    return [found[0] for rule in (ADDRESS, PATH) for found in rule.finditer(text)]


def test_a_file_is_one_ability_and_never_longer_than_one_can_read() -> None:
    assert len(FILES) > 300
    lengths = {name: path.read_text().count("\n") for name, path in FILES.items()
               if path.suffix in WRITTEN}  # fmt: skip
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_no_module_wears_the_name_of_one_in_the_standard_library() -> None:
    assert [name for name in FILES if named_like_the_library(name)] == []


# Put together here, or this file would name them itself.
_ORG = "org"


@pytest.mark.parametrize(
    "name", ["models/time.py", "server/site.py", "models/calendar/__init__.py"]
)
def test_such_a_name_would_be_told(name: str) -> None:
    assert named_like_the_library(name)


def test_no_file_names_a_registry_or_a_place_on_one_machine() -> None:
    here = Path(__file__).relative_to(CHECKOUT).as_posix()
    told = {name: bound(path.read_text(errors="replace")) for name, path in TEXTS.items()}
    assert {name: words for name, words in told.items() if words and name != here} == {}


@pytest.mark.parametrize(
    "text",
    [
        f"https://pypi.{_ORG}/simple/",
        "https://mirror.example:8081/nexus/npm",
        "--index-url https://mirror.example",
        f'"resolved": "https://registry.npmjs.{_ORG}/preact/-/preact-10.tgz"',
        "DATA = '/home/anna/practice'",
        "see /tmp/out for more",
    ],
)
def test_such_a_text_would_be_told(text: str) -> None:
    assert bound(text)


@pytest.mark.parametrize(
    "text",
    ["http://localhost:8000", "from /usr/bin/env", "a/home/b", "https://example.com/t/7", "work/x"],
)
def test_what_is_nobodys_place_is_fine(text: str) -> None:
    assert not bound(text)
