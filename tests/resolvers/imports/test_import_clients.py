"""Client lists in the database: a line for each row, whole or not at all, once."""

from pathlib import Path

import pytest

from models.clients import Client
from models.errors import Forbidden
from models.permissions import Role
from models.unit_of_work import unit_of_work
from models.viewer import Viewer
from resolvers.imports import clients
from resolvers.imports.clients import ClientOptions
from resolvers.imports.mappings import Mappings
from resolvers.imports.report import Outcome, Report
from tests.resolvers.imports.conftest import TestFirm
from tests.resolvers.imports.reading import SAMPLES


async def bring(firm: TestFirm, path: Path, *, dry_run: bool = False, **said: object) -> Report:
    options = ClientOptions(**said)  # type: ignore[arg-type]
    return await clients.run(firm.viewer, path, dry_run=dry_run, options=options)


def listed(path: Path, text: str) -> Path:
    file = path / "clients.csv"
    file.write_text(text)
    return file


def told(report: Report) -> list[tuple[int, Outcome]]:
    return [(line.row, line.outcome) for line in report.lines]


async def test_a_list_comes_in_whole_and_a_second_time_changes_nothing(fern: TestFirm) -> None:
    report = await bring(fern, SAMPLES / "clients_german.csv")
    assert told(report) == [(2, Outcome.CREATED), (3, Outcome.CREATED)]
    company, person = await fern.fetch("select * from client order by name")
    assert (company["name"], company["kind"], company["status"], company["currency"]) == (
        "Müller & Söhne GmbH", "organisation", "active", "EUR",
    )  # fmt: skip
    assert sorted(company["tags"]) == ["Bau", "Lohn"]
    assert company["notes"] == "Rechnung per Post;\nkeine Mahnungen"
    assert (person["kind"], person["status"]) == ("individual", "prospect")
    roles = await fern.fetch("select member_id, role from client_role")
    assert [tuple(r) for r in roles] == [(fern.members["ada@fern.example"], "manager")]
    contacts = await fern.fetch(
        "select c.name, c.email, c.phone, l.client_id from contact c join client_contact l on l.contact_id = c.id"
    )
    assert [tuple(c) for c in contacts] == [
        ("Petra Müller", "petra.mueller@mueller.example", "+49 30 1234567", company["id"])
    ]
    keys = await fern.fetch(
        "select key, entity_id from external_id where system = 'csv' order by key"
    )
    assert [tuple(k) for k in keys] == [("10001", company["id"]), ("10002", person["id"])]

    stream = await fern.events()
    again = await bring(fern, SAMPLES / "clients_german.csv")
    assert again.counts == {Outcome.UNCHANGED: 2}
    assert await fern.events() == stream


async def test_a_dry_run_tells_the_same_and_writes_nothing(fern: TestFirm) -> None:
    stream = await fern.events()
    tried = await bring(fern, SAMPLES / "clients_german.csv", dry_run=True)
    assert (await fern.events(), await fern.value("select count(*) from client")) == (stream, 0)
    done = await bring(fern, SAMPLES / "clients_german.csv")
    assert (tried.lines, tried.written, done.written) == (done.lines, False, True)
    assert "2 to be created. Dry run: nothing was written." in tried.summary()


async def test_each_bad_row_is_told_and_then_nothing_comes_in(fern: TestFirm) -> None:
    stream = await fern.events()
    report = await bring(fern, SAMPLES / "clients_with_bad_rows.csv")
    assert told(report) == [
        (2, Outcome.CREATED), (3, Outcome.REFUSED), (4, Outcome.REFUSED), (5, Outcome.REFUSED),
    ]  # fmt: skip
    assert [line.remarks[0][:34] for line in report.lines[1:]] == [
        "it has no name", "“sandwich” is no kind: it is one o", "nobody here has the e-mail nobody@",
    ]  # fmt: skip
    assert await fern.events() == stream

    rest = await bring(fern, SAMPLES / "clients_with_bad_rows.csv", skip_refused=True)
    assert rest.written
    assert await fern.value("select array_agg(name) from client") == ["Brook Dental"]

    mapped = await bring(
        fern, SAMPLES / "clients_with_bad_rows.csv", skip_refused=True,
        mappings=Mappings.parse(["member:nobody@else.example=ben@fern.example"]),
    )  # fmt: skip
    assert [line.outcome for line in mapped.lines] == [
        Outcome.UNCHANGED, Outcome.REFUSED, Outcome.REFUSED, Outcome.CREATED,
    ]  # fmt: skip


async def test_a_client_is_found_by_its_number_and_an_empty_cell_says_nothing(
    fern: TestFirm, tmp_path: Path
) -> None:
    await bring(fern, listed(tmp_path, "Number,Name,Status,Notes\n7,Oak,active,pays late\n"))
    report = await bring(
        fern, listed(tmp_path, "Number,Name,Status,Notes\n7,Oak Holding,former,\n")
    )
    assert told(report) == [(2, Outcome.UPDATED)]
    (oak,) = await fern.fetch("select name, status, notes from client")
    assert tuple(oak) == ("Oak Holding", "former", "pays late")


async def test_a_known_client_gets_its_number_and_a_namesake_with_another_is_another(
    fern: TestFirm, tmp_path: Path
) -> None:
    async with unit_of_work(fern.viewer):
        await Client.add(name="Oak")
    report = await bring(fern, listed(tmp_path, "Number,Name\n1,OAK\n2,Oak\n"))
    assert told(report) == [(2, Outcome.UPDATED), (3, Outcome.CREATED)]
    assert report.lines[1].remarks == ("another client has this name",)
    assert (await bring(fern, listed(tmp_path, "Number,Name\n1,OAK\n2,Oak\n"))).counts == {
        Outcome.UNCHANGED: 2
    }


async def test_another_program_s_numbers_are_other_numbers(fern: TestFirm, tmp_path: Path) -> None:
    await bring(fern, listed(tmp_path, "Number,Name\n1,Oak\n"), system="ledger")
    await bring(fern, listed(tmp_path, "Number,Name\n1,Elm\n"), system="payroll")
    assert await fern.value("select count(*) from client") == 2


async def test_one_client_in_two_rows_is_told(fern: TestFirm, tmp_path: Path) -> None:
    report = await bring(fern, listed(tmp_path, "Name\nOak\nElm\n oak \n"))
    assert told(report)[2] == (4, Outcome.REFUSED)
    assert report.lines[2].remarks == ("row 2 is the same client",)


async def test_two_clients_of_one_name_are_not_guessed_between(
    fern: TestFirm, tmp_path: Path
) -> None:
    async with unit_of_work(fern.viewer):
        await Client.add(name="Oak")
        await Client.add(name="oak")
    report = await bring(fern, listed(tmp_path, "Name\nOak\n"))
    assert report.lines[0].remarks == ("2 clients here are called “Oak”: which is it?",)


async def test_a_contact_stands_once_behind_any_number_of_clients(
    fern: TestFirm, tmp_path: Path
) -> None:
    report = await bring(fern, listed(
        tmp_path, "Name,Contact,Email\nOak,Sam Brook,sam@brook.example\nElm,,SAM@brook.example\n"
    ))  # fmt: skip
    assert report.lines[1].remarks == ("sam@brook.example is a contact of “Oak” already",)
    assert await fern.value("select count(*) from contact") == 1
    assert await fern.value("select count(*) from client_contact") == 2
    assert await fern.value("select name from contact") == "Sam Brook"


async def test_tax_ids_come_in_once_and_one_that_another_client_has_is_remarked_on(
    fern: TestFirm, tmp_path: Path
) -> None:
    text = "Name,VAT number,Steuernummer\nOak,GB 123,77\nElm,gb-123,\n"
    report = await bring(fern, listed(tmp_path, text))
    assert report.lines[1].remarks == ("“Oak” has the tax id gb-123 already",)
    numbers = await fern.fetch(
        "select c.name, t.kind, t.number from client_tax_id t join client c on c.id = t.client_id"
        " order by c.name, t.kind"
    )
    assert [tuple(row) for row in numbers] == [
        ("Elm", "VAT", "gb-123"), ("Oak", "Tax id", "77"), ("Oak", "VAT", "GB 123"),
    ]  # fmt: skip
    again = await bring(fern, listed(tmp_path, text))
    assert again.counts == {Outcome.UNCHANGED: 2}
    changed = await bring(fern, listed(tmp_path, "Name,VAT number\nOak,GB 456\n"))
    assert told(changed) == [(2, Outcome.UPDATED)]
    long = await bring(fern, listed(tmp_path, f"Name,VAT number\nOak,{'1' * 51}\n"))
    assert told(long) == [(2, Outcome.REFUSED)]


async def test_what_the_practice_s_own_rules_refuse_is_a_refused_row(
    fern: TestFirm, tmp_path: Path
) -> None:
    report = await bring(fern, listed(
        tmp_path, f"Name,Email,Tags,Phone\nOak,not an address,,\nElm,,{'x' * 61},\nFir,,,{'1' * 51}\n"
    ))  # fmt: skip
    assert report.counts == {Outcome.REFUSED: 3}
    assert "not an e-mail address" in report.lines[0].remarks[0]
    assert "tags of 1 to 60 characters" in report.lines[1].remarks[0]
    assert "phone is longer than 50" in report.lines[2].remarks[0]


async def test_our_own_export_comes_back_to_the_same_clients(
    fern: TestFirm, rival: TestFirm, tmp_path: Path
) -> None:
    async with unit_of_work(fern.viewer):
        oak = await Client.add(name="=Oak", notes="+49 30")
    async with unit_of_work(rival.viewer):
        theirs = await Client.add(name="Rival Oak")
    own = f"id,version,name,notes\nclient_{oak.id.hex},1,'=Oak,'+49 30\n"
    assert (await bring(fern, listed(tmp_path, own))).counts == {Outcome.UNCHANGED: 1}
    changed = await bring(fern, listed(tmp_path, own.replace("'=Oak", "Oak")))
    assert changed.counts == {Outcome.UPDATED: 1}
    assert await fern.value("select name from client") == "Oak"
    for foreign in (f"client_{theirs.id.hex}", f"task_{oak.id.hex}", "client_xyz"):
        report = await bring(fern, listed(tmp_path, f"id,version,name\n{foreign},1,Mine\n"))
        assert report.lines[0].remarks == (f"there is no client {foreign} here",)


async def test_a_client_s_import_asks_for_the_right_to_edit_clients(fern: TestFirm) -> None:
    contractor = Viewer(fern.viewer.firm_id, fern.members["ada@fern.example"], Role.CONTRACTOR)
    with pytest.raises(Forbidden, match="clients:edit"):
        await clients.run(contractor, SAMPLES / "clients_german.csv")


async def test_the_report_says_how_the_columns_were_read(fern: TestFirm, tmp_path: Path) -> None:
    report = await bring(fern, listed(tmp_path, "Bezeichnung 1,Shoe size\nOak,44\n"),
                         columns={"name": "Bezeichnung 1"})  # fmt: skip
    first, *_, last = list(report.text())
    assert first == "clients.csv, UTF-8: Bezeichnung 1 → name. Not read: Shoe size."
    assert last == "1 row of clients: 1 created."


async def test_the_progress_ends_when_the_list_is_in(fern: TestFirm) -> None:
    steps: list[tuple[int, int]] = []
    await clients.run(
        fern.viewer, SAMPLES / "clients_german.csv", progress=lambda *step: steps.append(step)
    )
    size = (SAMPLES / "clients_german.csv").stat().st_size
    assert steps[-1] == (size, size)
    assert steps == sorted(steps)
