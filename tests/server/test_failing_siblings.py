"""What graphql-core runs is answered too where a field fails beside others that wait."""

import pytest

from tests.cast import two_firms
from tests.server.outside import Outside
from tests.stock import Stock, stock_of

MADE_THEN_SHOWN = """mutation ($input: CreateTaskInput!, $asked: Boolean = true) {
  createTask(input: $input) {
    task { id client { notes @include(if: $asked) } }
    failing: task { client { recurrences { upcoming(first: 51) { startDate } template { id } } } }
    beside: task { client { recurrences { template { id } } } }
  }
}"""
SHOWN_BESIDE_THE_SCHEMA = """{
  __schema { queryType { name } }
  jobs { nodes {
    owner { teams { id } figures(period: {first: "2026-02-01", last: "2026-01-01"}) { workedSeconds } }
    team { id } client { id roles { id } }
  } }
  tasks { nodes { assignee { teams { id } } client { id roles { id } } } }
  members { nodes { teams { id } } }
  clients { nodes { roles { id } } }
}"""


@pytest.fixture
async def stock() -> Stock:
    house = (await two_firms()).harbour
    return await stock_of(house, house.ada, house.bakery, "Own")


async def test_a_change_is_answered_of_which_a_part_cannot_be_shown(
    outside: Outside, stock: Stock
) -> None:
    """A null condition leaves it to graphql-core, which cancels what waits beside a failure."""
    task = {"title": "Called", "clientId": stock.written("client")}

    answer = await outside.post(
        stock.house.ada, query=MADE_THEN_SHOWN, variables={"input": task, "asked": None}
    )

    assert answer.status_code == 200
    assert {error["path"][0] for error in answer.json()["errors"]} == {"createTask"}


async def test_a_question_is_answered_of_which_a_part_fails_beside_others(
    outside: Outside, stock: Stock
) -> None:
    for _ in range(4):  # who waits when depends on the database
        answer = await outside.post(stock.house.ada, query=SHOWN_BESIDE_THE_SCHEMA)

        assert answer.status_code == 200
        codes = {error["extensions"]["code"] for error in answer.json()["errors"]}
        assert codes == {"INVALID"}
