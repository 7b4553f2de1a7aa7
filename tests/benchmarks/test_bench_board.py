"""`make bench-board` in small: a real server, asked by real connections."""

import asyncio

import pytest

from benchmarks.load import Answers, Asking, WrongAnswer, keep_asking
from benchmarks.rounds import Measured, medians
from tests.benchmarks.measuring import begun, figures_of

ONLY = ("ours", "sql_json", "stored_text")
"""Those that are quick and need nothing from npm."""


async def test_it_ends_with_one_line_of_figures() -> None:
    figures = await figures_of(
        "benchmarks.board", "--tasks", "2000", "--rounds", "1", "--seconds", "0.3",
        *(word for name in ONLY for word in ("--only", name)),
    )  # fmt: skip

    assert list(figures) == ["rps_c1", "rps_c32", "cpu_ms"]
    assert all(tuple(by_peer) == ONLY for by_peer in figures.values())
    assert all(figure > 0 for by_peer in figures.values() for figure in by_peer.values())


def test_what_an_answer_costs_is_what_it_costs_a_server_that_32_ask_at_once() -> None:
    def measured(right: int, cpu_seconds: float) -> Measured:
        return Measured(Answers(right, refused=0, seconds=2), cpu_seconds)

    alone, busy = [measured(100, 1)], [measured(400, 1), measured(400, 3), measured(400, 2)]

    assert medians(["ours"], {("ours", 1): alone, ("ours", 32): busy}) == {
        "rps_c1": {"ours": 50}, "rps_c32": {"ours": 200}, "cpu_ms": {"ours": 5},
    }  # fmt: skip


async def test_it_can_be_stopped_while_it_measures() -> None:
    process = await begun("benchmarks.board", "--tasks", "2000", "--only", "sql_json")
    assert process.stderr is not None
    async with asyncio.timeout(60):
        while b"Measuring" not in await process.stderr.readline():
            assert not process.stderr.at_eof()
        process.terminate()
        said, _ = await process.communicate()

    assert (process.returncode, said) == (130, b"")


async def test_a_server_that_answers_something_else_is_not_measured() -> None:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        numbers = iter(b"112")
        while await reader.read(100):
            body = bytes([next(numbers)])
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n" + body)
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(WrongAnswer, match=r"^HTTP/1\.1 200 OK: 2$"):
            await keep_asking(Asking(port, b"GET / HTTP/1.1\r\n\r\n", b"1"), 1, 60)
