"""Figures of clients, jobs and members; and who may ask for what."""

from typing import Any

import pytest
from graphql import execute, parse

from benchmarks.listening import listening
from models.permissions import Permission
from models.unit_of_work import reading
from models.viewer import Viewer
from schema import ids
from schema.execution import Context
from schema.staff import staff
from tests.cast import House

FIGURES = """workedSeconds billableSeconds standardValue { amount } realisation
  billed { amount }"""


PERIOD = '(period: { first: "2024-01-01", last: "2024-12-31" })'


async def answered(viewer: Viewer, query: str) -> Any:
    """What graphql-core answers within the unit of work around."""
    result: Any = execute(staff(), parse(query), context_value=Context(viewer, "test"))
    return await result


async def figures(viewer: Viewer, query: str) -> tuple[Any, list[str]]:
    """What a document answers about the year, and the statements it took."""
    async with reading(viewer) as unit, listening(unit) as sent:
        result = await answered(viewer, query.replace("$period", PERIOD))
    assert result.errors is None, result.errors
    return result.data, [one.query for one in sent]


async def test_clients_jobs_and_members_have_figures(house: House) -> None:
    data, _ = await figures(house.ada, f"""{{
      client(id: "{ids.written('client', house.bakery)}") {{ figures $period {{ {FIGURES}
        paid {{ amount }} outstanding {{ amount }} }} }}
      job(id: "{ids.written('job', house.year_end)}") {{ figures $period {{ {FIGURES} }} }}
      member(id: "{ids.written('member', house.dan.id)}") {{ figures $period {{ {FIGURES}
        capacitySeconds utilisation }} }} }}""")  # fmt: skip
    assert data["client"]["figures"] == {
        "workedSeconds": 6300, "billableSeconds": 5400, "standardValue": [{"amount": "180.00"}],
        "realisation": "0.5", "billed": [{"amount": "150.00"}], "paid": [{"amount": "30.00"}],
        "outstanding": [{"amount": "120.00"}],
    }  # fmt: skip
    assert data["job"]["figures"] == {
        "workedSeconds": 1800, "billableSeconds": 1800, "standardValue": [{"amount": "60.00"}],
        "realisation": None, "billed": [],
    }  # fmt: skip
    dan = data["member"]["figures"]
    assert (dan["workedSeconds"], dan["billed"]) == (6000, [{"amount": "90.00"}])
    assert dan["capacitySeconds"] == (262 - 15) * 3600


async def test_a_contractor_reads_nobody_elses_hours(house: House) -> None:
    hours = """{ a: member(id: "%s") { figures $period { capacitySeconds utilisation } }
      b: member(id: "%s") { figures $period { capacitySeconds } } }"""
    dan, finn = (ids.written("member", person.id) for person in (house.dan, house.finn))
    data, _ = await figures(house.finn, hours % (dan, finn))
    assert data["a"]["figures"] == {"capacitySeconds": None, "utilisation": None}
    assert data["b"]["figures"]["capacitySeconds"] is not None


@pytest.mark.parametrize(("list_of", "names"), [("clients", 3), ("jobs", 3), ("members", 6)])
async def test_the_figures_of_all_parents_are_one_statement(
    house: House, list_of: str, names: int
) -> None:
    data, statements = await figures(
        house.ada, f"{{ {list_of} {{ nodes {{ figures $period {{ {FIGURES} }} }} }} }}"
    )
    assert len(data[list_of]["nodes"]) == names
    assert len(statements) == 2, statements


async def test_a_token_reads_what_its_scopes_say_and_another_firm_nothing(house: House) -> None:
    query = """{ reports {
      worked(period: { first: "2024-01-01", last: "2024-12-31" }, groupBy: [CLIENT]) {
        rows { client { name } seconds billed { amount } } } } }"""
    firm = Permission.READ_FIRM
    told = []
    for person, scopes in ((house.ada, {firm}), (house.ada, {firm, Permission.READ_TIME}),
                           (house.neighbour.ada, {firm, Permission.READ_TIME})):  # fmt: skip
        token = Viewer(firm_id=person.firm_id, member_id=person.id, role=person.role,
                       scopes=frozenset(scopes))  # fmt: skip
        async with reading(token):
            told.append(await answered(token, query))
    refused, read, theirs = told
    assert [error.original_error.code for error in refused.errors] == ["FORBIDDEN"]
    assert read.data["reports"]["worked"]["rows"][0]["billed"] is None
    assert [row["seconds"] for row in theirs.data["reports"]["worked"]["rows"]] == [5400]
