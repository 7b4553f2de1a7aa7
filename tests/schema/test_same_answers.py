"""The engine answers what graphql-core answers: the data to the byte, and the same errors.

Random operations over the real schemas, asked by people who see all, little, or nearly nothing.
EXAMPLES says how many; `make engine-fuzz` asks for thousands.
"""

import os
from dataclasses import dataclass, field
from inspect import isawaitable
from typing import Any

import orjson
import pytest
from graphql import (
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    execute,
    parse,
    validate,
)
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from models.database import Database
from models.permissions import Permission
from models.unit_of_work import reading
from models.viewer import Viewer
from portal.schema import portal
from schema.engine import Engine
from schema.execution import Context
from schema.execution import execute as run
from schema.staff import staff
from tests.cast import Person, two_firms
from tests.guests import in_portal, invited
from tests.schema.counts import COUNTS
from tests.schema.operations import DECLARED, RULES, selections, variables
from tests.stock import Stock, stock_of
from tests.walk import Root, roots

EXAMPLES = int(os.environ.get("EXAMPLES", "75"))
_PASSING = ("serverTime", "downloadLink")
"""Queries that are answered differently each time."""

random_operations = settings(
    max_examples=EXAMPLES, deadline=None, derandomize="EXAMPLES" not in os.environ,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


@dataclass
class Asking:
    """A schema, and those who ask it; `stock` is what there is to be asked for."""

    schema: GraphQLSchema
    stock: Stock
    viewers: list[Viewer]
    engine: Engine = field(init=False)
    """One for all that is asked, so that plans are kept, and too small to keep them long."""
    roots: list[Root] = field(init=False)

    def __post_init__(self) -> None:
        self.engine = Engine(_fell_back, most=2_000)
        self.roots = [root for root in roots(self.schema, "query") if root.name not in _PASSING]


@pytest.fixture(scope="module")
async def stock(practice: Database) -> Stock:
    house = (await two_firms()).harbour
    return await stock_of(house, house.ada, house.bakery, "Own")


@pytest.fixture(scope="module")
async def members(stock: Stock) -> Asking:
    house = stock.house
    return Asking(staff(), stock, [house.ada, house.dan, house.finn, with_few_scopes(house.ada)])


@pytest.fixture(scope="module")
async def contacts(stock: Stock) -> Asking:
    house = stock.house
    kit = await invited(house, house.bakery)
    kim = await invited(house, house.mill, email="kim@mill.example")
    return Asking(portal(), stock, [in_portal(house, kit), in_portal(house, kim)])


def with_few_scopes(person: Person) -> Viewer:
    return Viewer(firm_id=person.firm_id, member_id=person.id, role=person.role,
                  scopes=frozenset({Permission.READ_FIRM, Permission.READ_WORK}))  # fmt: skip


@random_operations
@given(data=st.data())
async def test_whatever_members_ask_is_answered_alike(members: Asking, data: st.DataObject) -> None:
    await is_answered_alike(members, data)


@random_operations
@given(data=st.data())
async def test_whatever_contacts_ask_is_answered_alike(
    contacts: Asking, data: st.DataObject
) -> None:
    await is_answered_alike(contacts, data)


async def is_answered_alike(asking: Asking, data: st.DataObject) -> None:
    root = data.draw(st.sampled_from(asking.roots))
    text, fragments = data.draw(selections(asking.schema, root.field.type))
    request = root.request(asking.stock, asked=text, also=DECLARED)
    document = parse(f"{request['query']} {fragments}")
    assume(not validate(asking.schema, document, RULES))  # two of one name may be of two types
    COUNTS["examples"] += 1
    for _ in range(2):  # by a new plan; by the same, or by one of other answers
        viewer = data.draw(st.sampled_from(asking.viewers))
        values = request["variables"] | data.draw(variables())

        planned = Context(viewer, "ours", engine=asking.engine)
        ours = await run(asking.schema, document, variables=values, context=planned)
        async with reading(viewer):
            running: Any = execute(asking.schema, document, variable_values=values,
                                   context_value=Context(viewer, "theirs"))  # fmt: skip
            theirs: ExecutionResult = await running if isawaitable(running) else running

        COUNTS["different"] += told(ours) != told(theirs)
        assert told(ours) == told(theirs)


def _fell_back(_name: str | None, why: str) -> None:
    COUNTS["fell_back"] += 1
    assert why == "a condition is null"


def told(result: ExecutionResult) -> tuple[bytes, set[Any]]:
    """The data, and the errors; of several below one null it is the null that counts."""
    return orjson.dumps(result.data), {_told(error, result.data) for error in result.errors or ()}


def _told(error: GraphQLError, data: Any) -> Any:
    place = list(error.path or ())
    for length, step in enumerate(place):
        if data is None:
            return tuple(place[:length])
        data = data[step]
    cause = error.original_error
    return tuple(place), type(cause).__name__, error.message, tuple(map(str, error.locations or ()))
