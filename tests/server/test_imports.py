"""`openpractice import`, as the person at the terminal meets it, beside a server at work."""

import asyncio
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from models.database import Database
from models.unit_of_work import reading
from resolvers.imports.formats import DIALECTS
from server.cannot_start import CannotStart
from server.cli import app
from server.commands.imports import Format
from server.settings import CHECKOUT
from tests.cast import House, two_firms
from tests.server import outside as real
from tests.server.launcher import COMMAND, refusal, say, surroundings
from tests.server.outside import Outside
from tests.server.talking import hear, subscribe
from tests.servers import DatabaseMaker

ADA = ("--as", "ada@harbour.example")
HEADINGS = "Date,Client,Project,Task,Notes,Hours,Billable?,First Name,Last Name\n"


@dataclass(frozen=True)
class Place:
    """A server at work, the firm in it, and the addresses by which a command finds both."""

    site: Outside
    house: House
    addresses: dict[str, str]

    async def run(self, *arguments: str) -> tuple[int, str, str]:
        return await say("import", *arguments, *ADA, before=(), **self.addresses)

    async def refusal(self, *arguments: str) -> str:
        return await refusal("import", *arguments, before=(), **self.addresses)

    async def names(self, table: str) -> list[str]:
        async with reading(self.house.system) as unit:
            return [row["name"] for row in await unit.fetch(f"select name from {table}")]

    async def count(self, table: str) -> int:
        async with reading(self.house.system) as unit:
            return int(await unit.fetchval(f"select count(*) from {table}"))


@pytest.fixture(scope="module")
async def place(
    practice: Database, make_database: DatabaseMaker, redis_url: str
) -> AsyncIterator[Place]:
    async with make_database() as own, real.outside(own, redis_url) as site:
        addresses = {
            "DATABASE_URL": own.url, "MIGRATE_DATABASE_URL": own.migrate_url,
            "REDIS_URL": redis_url,
        }  # fmt: skip
        yield Place(site, (await two_firms()).harbour, addresses)


def written(folder: Path, text: str, name: str = "list.csv") -> str:
    file = folder / name
    file.write_text(text)
    return str(file)


# ------------------------------------------------------------------------- what comes in, and how


async def test_imported_work_is_on_the_board_at_once(place: Place, tmp_path: Path) -> None:
    file = written(
        tmp_path,
        HEADINGS + "2026-03-02,Oak & Sons,Year-end 2025,Post,,3.5,Yes,Dan,\n",
        "harvest.csv",
    )
    async with place.site.socket(place.house.ada) as socket:
        await subscribe(
            socket, "1",
            "subscription { boardChanges(filter: {scope: EVERYTHING, due: ANY}) {"
            " ... on BoardChanges { changes { actor { name } job { title client { name } } } } } }",
        )  # fmt: skip
        assert (await hear(socket))["payload"]["data"]["boardChanges"] == {}
        code, told, beside = await place.run(
            "time", file, "--map", "member:Dan=dan@harbour.example"
        )
        assert (code, beside.splitlines()[-1]) == (0, "Reading harvest.csv: 100 %"), told
        heard = (await hear(socket))["payload"]["data"]["boardChanges"]

    assert heard["changes"] == [
        {"actor": {"name": "Ada Ash"},
         "job": {"title": "Year-end 2025", "client": {"name": "Oak & Sons"}}}
    ]  # fmt: skip
    assert "1 row of Harvest: 1 created." in told


async def test_a_client_list_comes_in_as_it_was_tried(place: Place, tmp_path: Path) -> None:
    file = written(tmp_path, "Bezeichnung 1;Nr;Betreuer\nElm Trust;7;Cleo M.\nFir Ltd;8;\n")
    names = written(tmp_path, "member:Cleo M.=cleo@harbour.example\n", "names.txt")
    said = (*("clients", file, "--system", "ledger", "--column", "name=Bezeichnung 1"),
            *("--column", "number=Nr", "--map", names))  # fmt: skip
    before = await place.names("client")

    assert (await place.run(*said, "--dry-run"))[:2] == (0, TRIED)
    assert await place.names("client") == before

    assert (await place.run(*said))[:2] == (0, TRIED.replace(" to be", "").replace(UNDONE, ""))
    assert sorted(await place.names("client")) == sorted([*before, "Elm Trust", "Fir Ltd"])
    async with reading(place.house.system) as unit:
        numbers = await unit.fetch("select system, key from external_id where entity = 'client'"
                                   " and system = 'ledger' order by key")  # fmt: skip
        roles = await unit.fetch("select r.role, r.member_id from client_role r join client c"
                                 " on c.id = r.client_id where c.name = 'Elm Trust'")  # fmt: skip
    assert [tuple(row) for row in numbers] == [("ledger", "7"), ("ledger", "8")]
    assert [dict(row) for row in roles] == [{"role": "manager", "member_id": place.house.cleo.id}]


UNDONE = " Dry run: nothing was written."
TRIED = """\
list.csv, UTF-8: Betreuer → manager, Bezeichnung 1 → name, Nr → number.
row 2: to be created: Elm Trust
row 3: to be created: Fir Ltd
2 rows of clients: 2 to be created. Dry run: nothing was written.
"""


async def test_a_refused_row_fails_the_command_unless_it_may_be_skipped(
    place: Place, tmp_path: Path
) -> None:
    file = written(tmp_path, "Name,Type\nGorse Ltd,company\nHeath Ltd,sandwich\n")

    code, told, _ = await place.run("clients", file)
    assert code == 1
    assert "row 3: refused (“sandwich” is no kind" in told
    assert "Nothing was imported" in told
    assert "Gorse Ltd" not in await place.names("client")

    code, told, _ = await place.run("clients", file, "--skip-refused")
    assert code == 0
    assert {"Gorse Ltd"} == set(await place.names("client")) & {"Gorse Ltd", "Heath Ltd"}


async def test_ctrl_c_in_the_middle_leaves_nothing_half(place: Place, tmp_path: Path) -> None:
    rows = (
        f"2026-03-02,Birch {n % 50},Job {n % 90},Post,{n},0.25,Yes,Eve,\n" for n in range(4_000)
    )
    file = written(tmp_path, HEADINGS + "".join(rows), "harvest.csv")
    entries, jobs = await place.count("time_entry"), await place.count("job")
    process = await asyncio.create_subprocess_exec(
        *(*COMMAND, "import", "time", file, *ADA),
        cwd=CHECKOUT,
        env={**surroundings(), **place.addresses},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    await asyncio.wait_for(process.stderr.readuntil(b"75 %\n"), 90)
    process.send_signal(signal.SIGINT)
    told, beside = await asyncio.wait_for(process.communicate(), 90)

    assert (process.returncode, told, beside) == (130, b"", b"")
    assert (await place.count("time_entry"), await place.count("job")) == (entries, jobs)


# ------------------------------------------------------------------------- what cannot come in


async def test_what_the_practice_refuses_is_one_sentence(place: Place, tmp_path: Path) -> None:
    ambiguous = HEADINGS + "03/04/2026,Oak,Books,Post,,1,Yes,Dan,\n"
    clients = written(tmp_path, "Name\nElm\n")
    time = written(tmp_path, ambiguous, "harvest.csv")
    refusals = {
        ("clients", clients, "--as", "nobody@harbour.example"): "Nobody has the address",
        ("clients", written(tmp_path, "a,b\n1,2\n", "ab.csv"), *ADA): "No column holds the clients’",
        ("time", clients, *ADA): "The headings are not those of a detailed export from",
        ("time", time, *ADA): "Say which with --date-order dmy or --date-order mdy.",
        ("time", time, "--as", "dan@harbour.example", "--date-order", "dmy"): "time:manage",
        ("time", time, *ADA, "--date-order", "dmy", "--time-zone", "Mars"): "time zone called “Mars”",
    }  # fmt: skip
    told = await asyncio.gather(*(place.refusal(*arguments) for arguments in refusals))

    for sentence, expected in zip(told, refusals.values(), strict=True):
        assert expected in sentence


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("nowhere.csv",), "nowhere.csv cannot be read: No such file or directory."),
        ((".",), ". is a folder."),
        (("empty.csv",), "empty.csv is empty."),
        (("book.csv",), "book.csv is an Excel or OpenDocument workbook, not a CSV file."),
        (("noise.csv",), "noise.csv is not text."),
        (("good.csv", "--encoding", "klingon"), "There is no text encoding called klingon."),
        (("good.csv", "--map", "nowhere"), "The mappings in nowhere cannot be read: No such"),
        (("good.csv", "--map", "noise.csv"), "The mappings in noise.csv cannot be read: it is"),
        (("good.csv", "--map", "dan:me"), "“dan:me” is no mapping. Write member:NAME=E-MAIL"),
    ],
)
@pytest.mark.parametrize("what", ["clients", "time"])
def test_a_file_that_is_none_is_told_before_anything_is_started(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    what: str,
    arguments: tuple[str, ...],
    told: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty.csv").touch()
    Path("good.csv").write_text("Name\nElm\n")
    Path("book.csv").write_bytes(b"PK\x03\x04 and more")
    Path("noise.csv").write_bytes(bytes(range(128, 256)) * 9)

    result = CliRunner().invoke(app, ["import", what, *arguments, *ADA, "--data", "nowhere"])

    assert isinstance(result.exception, CannotStart)
    assert str(result.exception).startswith(told)


@pytest.mark.parametrize(
    "arguments",
    [
        ("time", "x.csv", *ADA, "--date-order", "xyz"),
        ("time", "x.csv", *ADA, "--format", "punchcards"),
        ("time", "x.csv"),
        ("clients", *ADA),
    ],
)
def test_what_the_command_does_not_know_is_told_with_its_usage(arguments: tuple[str, ...]) -> None:
    result = CliRunner().invoke(app, ["import", *arguments])

    assert result.exit_code == 2
    assert "Error: " in result.output


def test_a_column_is_named_with_an_equals_sign(tmp_path: Path) -> None:
    file = written(tmp_path, "Name\nElm\n")

    result = CliRunner().invoke(app, ["import", "clients", file, *ADA, "--column", "name"])

    assert str(result.exception) == (
        "“name” names no column. Write FIELD=HEADING, as in name=Customer."
    )


def test_every_product_that_is_understood_can_be_named() -> None:
    assert {each.value for each in Format} == set(DIALECTS)
