"""What a page asks the database, and nothing that nobody reads."""

import re

from graphql import parse

from benchmarks.listening import listening
from models.unit_of_work import reading
from schema.engine import Engine
from schema.execution import Context
from schema.staff import staff
from tests.cast import Cast


async def test_a_page_looks_beyond_itself_only_for_who_asks_whether_more_follows(
    cast: Cast,
) -> None:
    assert [re.findall(r"limit (\d+)", sent[-1]) for sent in (
        await statements_of(cast, "nodes { title }"),
        await statements_of(cast, "edges { cursor node { title } }"),
        await statements_of(cast, "pageInfo { endCursor }"),
        await statements_of(cast, "pageInfo { hasNextPage }"),
    )] == [["3"], ["3"], ["3"], ["4"]]  # fmt: skip


async def test_what_a_list_has_is_counted_once_whatever_is_asked_of_the_count(cast: Cast) -> None:
    sent = await statements_of(cast, "nodes { title } totalCount countIsCapped")
    assert ["count(*)" in query for query in sent] == [False, True]


async def statements_of(cast: Cast, asked: str) -> list[str]:
    """The statements that a page of tasks takes."""
    dan, document = cast.harbour.dan, parse(f"{{ tasks(first: 3) {{ {asked} }} }}")
    async with reading(dan) as unit, listening(unit) as sent:
        result = await Engine().execute(
            staff(), document, variables={}, context=Context(dan, "test")
        )
    assert result.errors is None
    return [record.query for record in sent]
