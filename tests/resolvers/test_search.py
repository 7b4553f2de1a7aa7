"""Searching: every typed word, wherever it stands, and never past what the viewer may see."""

from collections.abc import Sequence

import pytest

from models.clients import Client
from models.errors import ValidationError
from models.jobs import Job
from models.unit_of_work import reading, unit_of_work
from models.viewer import Viewer
from resolvers import boards, clients, jobs, tasks
from resolvers.pages import Window
from tests.cast import Cast


async def clients_found(viewer: Viewer, text: str) -> Sequence[str]:
    async with reading(viewer):
        page = await clients.page(Window(50), "name", search=text)
    return [row["name"] for row in page["nodes"]]


async def jobs_found(viewer: Viewer, text: str) -> Sequence[str]:
    async with reading(viewer):
        page = await jobs.page(Window(50), "newest", search=text)
    return [row["title"] for row in page["nodes"]]


async def test_a_client_is_found_by_a_word_in_the_middle_of_its_name(cast: Cast) -> None:
    dan = cast.harbour.dan
    async with unit_of_work(dan):
        await Client.add(name="Quay & Sons Éclair-Makers Ltd")
    for text in ("sons", "ÉCLAIR", "makers quay", " ltd  so ", "lair"):
        assert await clients_found(dan, text) == ["Quay & Sons Éclair-Makers Ltd"], text
    assert await clients_found(dan, "quay daughters") == []
    assert await clients_found(cast.alpine.dan, "sons") == []


async def test_what_a_pattern_would_mean_means_itself(cast: Cast) -> None:
    dan = cast.harbour.dan
    async with unit_of_work(dan):
        await Client.add(name="100% Wool_Works \\ Co")
    for text in ("0%", "l_w", "\\"):
        assert await clients_found(dan, text) == ["100% Wool_Works \\ Co"], text
    assert await clients_found(dan, "100_") == []


async def test_a_job_is_found_by_words_of_its_title_and_its_clients_name(cast: Cast) -> None:
    dan = cast.harbour.dan
    async with unit_of_work(dan):
        quay = await Client.add(name="Quay Stores")
        await Job.open(client_id=quay.id, title="Personal tax return")
    assert await jobs_found(dan, "tax quay") == ["Personal tax return"]
    async with reading(dan):
        asked = {"scope": "everything", "due": "any", "text": "stores return"}
        board = await boards.board(boards.JOBS, asked, "category", None)
        found = await tasks.page(Window(50), "newest", search="tax quay")
    assert sum(column["count"] for column in board["columns"]) == 1
    assert found["nodes"] == []


async def test_the_search_finds_nothing_that_is_hidden(cast: Cast) -> None:
    async with reading(cast.harbour.ben) as unit:
        title = await unit.fetchval("select title from job where id = $1", cast.harbour.secret)
        name = await unit.fetchval("select name from client where id = $1", cast.harbour.vault)
    assert await jobs_found(cast.harbour.ben, title) == [title]
    assert await jobs_found(cast.harbour.dan, title) == []
    assert await clients_found(cast.harbour.dan, name) == []


async def test_a_search_without_words_asks_nothing_and_one_of_many_letters_is_refused(
    cast: Cast,
) -> None:
    dan = cast.harbour.dan
    assert await clients_found(dan, "  ") == await clients_found(dan, "")
    assert len(await clients_found(dan, "")) > 1
    with pytest.raises(ValidationError):
        await clients_found(dan, "a" * 201)
