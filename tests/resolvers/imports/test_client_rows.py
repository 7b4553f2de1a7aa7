"""Client lists of other programs, in their languages, and our own export read back."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resolvers.imports.client_rows import ClientReader, ParsedClient
from resolvers.imports.files import open_table
from resolvers.imports.refusals import FileRefused, RowRefused
from tests.resolvers.imports.reading import SAMPLES


def clients_of(path: Path) -> list[ParsedClient]:
    table = open_table(path)
    reader = ClientReader.of(table.headings)
    return [reader.client(row, table.fit(cells)) for row, cells in table.rows()]


def row_of(headings: str, cells: str) -> ParsedClient:
    return ClientReader.of(headings.split(",")).client(2, next(csv.reader([cells])))


def test_a_german_list_is_read_whole() -> None:
    company, person = clients_of(SAMPLES / "clients_german.csv")
    assert company == ParsedClient(
        row=2,
        name="Müller & Söhne GmbH",
        number="10001",
        fields={
            "kind": "organisation",
            "status": "active",
            "tags": ["Bau", "Lohn"],
            "currency": "EUR",
            "notes": "Rechnung per Post;\nkeine Mahnungen",
        },
        roles={"manager": "ada@fern.example"},
        contact_name="Petra Müller",
        email="petra.mueller@mueller.example",
        phone="+49 30 1234567",
    )
    assert (person.name, person.fields) == (
        "Weber, Hans", {"kind": "individual", "status": "prospect"},
    )  # fmt: skip
    assert (person.contact_name, person.email, person.roles) == (None, None, {})


def test_a_french_list_has_the_name_in_two_columns() -> None:
    (client,) = clients_of(SAMPLES / "clients_french.csv")
    assert (client.name, client.number, client.email) == (
        "Élodie Dupont", "F-1", "elodie@dupont.example",
    )  # fmt: skip
    assert client.fields == {"kind": "individual", "status": "active"}


def test_a_spanish_list_writes_the_currency_out() -> None:
    (client,) = clients_of(SAMPLES / "clients_spanish.csv")
    assert (client.name, client.number) == ("Lucía Núñez Peña", "E-1")
    assert client.fields == {"kind": "individual", "status": "active", "currency": "EUR"}


def test_an_accounting_package_s_contacts_are_companies_with_a_person() -> None:
    brook, oak = clients_of(SAMPLES / "clients_accounting_package.csv")
    assert (brook.name, brook.number, brook.contact_name) == (
        "Brook Dental Ltd", "BRO01", "Sam Brook",
    )  # fmt: skip
    assert "kind" not in brook.fields
    assert (oak.contact_name, oak.email) == (None, None)


@pytest.mark.parametrize(
    ("headings", "cells", "reason"),
    [
        ("Name,Type", " ,company", "it has no name"),
        ("Name,Type", "Elm,sandwich", "“sandwich” is no kind: it is one of individual, org"),
        ("Name,Status", "Elm,asleep", "“asleep” is no status"),
        ("Name,Currency", "Elm,Taler", "“Taler” is no currency code"),
        ("Name,Restricted", "Elm,A bit!", "“A bit!” is neither yes nor no"),
        ("Name,Status", "x" * 201 + ",active", "longer than 200"),
    ],
)
def test_a_row_that_is_not_whole_is_refused_with_the_reason(
    headings: str, cells: str, reason: str
) -> None:
    with pytest.raises(RowRefused, match=reason):
        row_of(headings, cells)


def test_a_list_without_names_asks_which_column_holds_them() -> None:
    with pytest.raises(FileRefused, match="--column name=HEADING"):
        ClientReader.of(["Bezeichnung 1", "Status"])
    reader = ClientReader.of(["Bezeichnung 1", "Status"], {"name": "Bezeichnung 1"})
    assert reader.client(2, ["Elm", "active"]).name == "Elm"
    with pytest.raises(FileRefused, match="no field “nam” or no column"):
        ClientReader.of(["Bezeichnung 1"], {"nam": "Bezeichnung 1"})


@pytest.mark.parametrize("written", ["gbp", "GBP", "Pound Sterling - Gbp"])
def test_a_currency_is_known_in_any_case(written: str) -> None:
    assert row_of("Name,Currency", f"Elm,{written}").fields == {"currency": "GBP"}


def test_another_program_s_apostrophe_stays() -> None:
    assert row_of("Name", "'=Elm").name == "'=Elm"
    assert row_of("Name,Notes", "'s Gravenhage BV,'+31").fields["notes"] == "'+31"


@given(st.sampled_from(["=1+1", "+49 30", "-5", "@here", "＝A1", "'=quoted", "'", "plain", "'s"]))
def test_our_own_export_s_quoting_is_taken_off(note: str) -> None:
    # What our export does: an apostrophe in front of what a spreadsheet would run, and in front
    # of an apostrophe that could be taken for ours.
    risky = note.startswith(("=", "+", "-", "@", "＝")) or (
        note.startswith("'") and note[1:].startswith(("=", "+", "-", "@", "'"))
    )
    exported = f"'{note}" if risky else note
    client = ClientReader.of(["id", "version", "name", "notes"]).client(
        2, ["client_" + "0" * 32, "1", "Elm", exported]
    )
    assert client.fields["notes"] == note
    assert client.id == "client_" + "0" * 32


def test_an_id_of_another_program_is_its_number() -> None:
    client = row_of("ID,Name", "77,Elm")
    assert (client.id, client.number) == (None, "77")
