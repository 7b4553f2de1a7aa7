"""What people are told to type is there: commands, options, settings, queries."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer
from graphql import parse, validate

from schema.staff import staff
from server.cli import app
from server.settings import CHECKOUT, Settings
from server.sockets.frames import Close
from subscriptions.cursors import ResyncReason
from tests.rules.test_architecture import TARGETS

TEXTS = {name: (CHECKOUT / name).read_text() for name in ("README.md", "CONTRIBUTING.md")}
SETTINGS = {f"OPENPRACTICE_{name.upper()}" for name in Settings.model_fields}


def queries(text: str) -> list[str]:
    """The operations that stand in a text: fenced, or in the body of a request."""
    bodies = re.findall(r"-d '(\{.*\})'$", text, re.MULTILINE)
    return [*re.findall(r"^```graphql\n(.*?)^```", text, re.MULTILINE | re.DOTALL),
            *(json.loads(body)["query"] for body in bodies)]  # fmt: skip


def missing(text: str) -> Iterator[str]:
    """What a text says to type and what there is not."""
    joined = text.replace("\\\n", " ")
    for target in re.findall(r"(?:^|`)make ([a-z-]+)", joined, re.MULTILINE):
        if target not in TARGETS:
            yield f"make {target}"
    for line in re.findall(r"openpractice ([a-z][^`\n)|]*)", joined):
        yield from _unknown(typer.main.get_command(app), line.split())
    yield from sorted({*re.findall(r"\bOPENPRACTICE_[A-Z_]+", joined)} - SETTINGS)


def _unknown(command: Any, words: list[str]) -> Iterator[str]:
    """The commands and options among the words that this command does not have."""
    below = getattr(command, "commands", None)
    if below is not None:
        name, *words = words
        if name not in below:
            yield f"openpractice … {name}"
            return
        yield from _unknown(below[name], words)
        return
    known = {option for parameter in command.params for option in parameter.opts}
    yield from (word for word in words if word.startswith("--") and word not in known)


@pytest.mark.parametrize("name", TEXTS)
def test_what_people_are_told_to_type_is_there(name: str) -> None:
    assert list(missing(TEXTS[name])) == []


def test_the_queries_of_the_readme_can_be_asked() -> None:
    found = queries(TEXTS["README.md"])
    assert len(found) == 3
    assert [validate(staff(), parse(query)) for query in found] == [[]] * 3


def test_whoever_writes_a_client_is_told_every_close_code_and_every_reason() -> None:
    told = re.findall(r"^\| `?(\w+)`? \|", (CHECKOUT / "docs/live.md").read_text(), re.MULTILINE)

    codes, reasons = [str(code.value) for code in Close], list(ResyncReason)
    assert [each for each in told if each not in ("reason", "code")] == [*reasons, *codes]


@pytest.mark.parametrize(
    "text",
    [
        "`make coffee`",
        "make tea   # for two",
        "`openpractice brew`",
        ".venv/bin/openpractice import invoices a.csv",
        "openpractice token name --as a@b \\\n  --colour red",
        "`OPENPRACTICE_COFFEE=on`",
    ],
)
def test_what_is_not_there_is_told(text: str) -> None:
    assert len(list(missing(text))) == 1
