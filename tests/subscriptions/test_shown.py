"""What the pages' documents select of a card, beside what its stream hears of."""

import re
from collections import defaultdict

import pytest
from graphql import (
    FieldNode,
    GraphQLNamedType,
    TypeInfo,
    TypeInfoVisitor,
    Visitor,
    get_named_type,
    parse,
    visit,
)

import web
from models.events import EventKind
from schema.staff import staff
from subscriptions.boards import JOB_PAGE, JOBS
from subscriptions.events import models
from subscriptions.tasks import TASKS
from subscriptions.timers import TIMERS
from subscriptions.touched import Concern

ABOUT_THE_CHANGE = {"BoardChange", "TaskChange", "TimerChange"}
"""Who did what is told of an event, and not shown on the card."""


class Shown(Visitor):
    """Which columns of which tables a document shows on cards."""

    def __init__(self, info: TypeInfo) -> None:
        super().__init__()
        self.columns: dict[str, set[str]] = defaultdict(set)
        self._info = info
        self._tables = {model.__name__: table for table, model in models().items()}

    def enter_field(self, node: FieldNode, *_: object) -> object:
        parent = self._info.get_parent_type()
        if getattr(parent, "name", "") in ABOUT_THE_CHANGE and node.name.value == "actor":
            return False
        self._show(parent, node.name.value)
        self._show(get_named_type(self._info.get_type()), "id")
        return None

    def _show(self, type: GraphQLNamedType | None, field: str) -> None:
        table = self._tables.get(type.name if type else "")
        if table is None:
            return
        column = re.sub("[A-Z]", lambda capital: f"_{capital[0].lower()}", field)
        there = {column, f"{column}_id"} & set(models()[table].columns())
        self.columns[table] |= there


def shown_by(document: str) -> dict[str, set[str]]:
    info = TypeInfo(staff())
    shown = Shown(info)
    visit(parse(web.documents("staff")[document]), TypeInfoVisitor(info, shown))
    return shown.columns


def is_only_made(table: str) -> bool:
    """Whether it is never changed: all that can happen to it is that it begins."""
    return sum(kind.value.startswith(f"{table}.") for kind in EventKind) == 1


@pytest.mark.usefixtures("practice")  # without it models know of no columns that name others
@pytest.mark.parametrize(
    ("document", "concern"),
    [
        ("BoardChanges", JOBS),
        ("TaskChanges", TASKS),
        ("JobChanges", JOB_PAGE),
        ("TimerChanges", TIMERS),
    ],
)
def test_whatever_pages_show_on_a_card_is_followed(document: str, concern: Concern) -> None:
    shown = shown_by(document)
    assert {"client", "member", concern.model.table()} <= shown.keys()
    assert "client_id" in shown[concern.model.table()]

    others = {table for table in shown if not (table in concern.entities or is_only_made(table))}
    unheard = {table: shown[table] - concern.others.get(table, set()) for table in others}
    assert {table: columns for table, columns in unheard.items() if columns} == {}
    assert all(concern.related[table] for table in others)
