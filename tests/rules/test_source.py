"""Our own source keeps the rules of the house, and each rule is seen to catch who breaks it."""

import ast
from functools import cache
from pathlib import Path

import pytest

from server.settings import CHECKOUT
from tests.rules.source import RULES, Rule

EACH_RULE = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.says)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text())


def modules(rule: Rule) -> dict[str, ast.Module]:
    """The modules of the rule's rooms, by path."""
    paths = [path for room in rule.rooms for path in sorted((CHECKOUT / room).rglob("*.py"))]
    named = {path.relative_to(CHECKOUT).as_posix(): path for path in paths}
    return {name: tree_of(path) for name, path in named.items()}


@EACH_RULE
def test_the_rooms_keep_the_rule(rule: Rule) -> None:
    found = {
        f"{name}:{getattr(node, 'lineno', '?')}"
        for name, tree in modules(rule).items()
        if name not in rule.reasons
        for node in rule.violations(tree)
    }
    assert found == set()


@EACH_RULE
def test_the_rule_tells_wrong_from_right(rule: Rule) -> None:
    for sample in rule.wrong:
        assert list(rule.violations(ast.parse(sample))), sample
    for sample in rule.right:
        assert not list(rule.violations(ast.parse(sample))), sample


@EACH_RULE
def test_whoever_has_a_reason_still_needs_it(rule: Rule) -> None:
    known = modules(rule)
    for name in rule.reasons:
        assert list(rule.violations(known[name])), f"{name} keeps the rule: take it off the list"
