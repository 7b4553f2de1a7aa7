"""The welcome says where to go and what to type, on the very servers that it speaks of."""

from pathlib import Path

import pytest

from server.commands.welcome import Arrival, welcome
from server.settings import Settings

ADDRESS = "http://localhost:8000"
MARGARET = {
    "firm": "Ashworth", "name": "Margaret " + "A" * 60, "role": "owner",
    "email": "margaret@ashworth.example", "password": "a-password-of-the-demo",
}  # fmt: skip
FURNISHED, BARE = Arrival(founded=True, people=[MARGARET]), Arrival(founded=False, people=[])


def told(capsys: pytest.CaptureFixture[str], settings: Settings, arrival: Arrival) -> str:
    welcome(ADDRESS, settings, arrival)
    return capsys.readouterr().out


def test_a_command_names_the_folder_that_was_given(capsys: pytest.CaptureFixture[str]) -> None:
    place = Path("/srv/the practice")

    assert "people)" in told(capsys, Settings(), FURNISHED)
    assert "people --data '/srv/the practice')" in told(capsys, Settings(data=place), FURNISHED)
    elsewhere = Settings(data=place, database_url="postgresql://a@b/c")
    assert "--data" not in told(capsys, elsewhere, FURNISHED)


def test_without_a_firm_it_says_how_one_begins(capsys: pytest.CaptureFixture[str]) -> None:
    said = told(capsys, Settings(data=Path("/srv/p")), BARE)

    assert "There is no firm here yet, so nobody can sign in." in said
    assert "found --data /srv/p …" in said
    assert "Password" not in said
    assert "no firm" not in told(capsys, Settings(), Arrival(founded=True, people=[]))


def test_a_contact_is_named_and_where_their_letter_comes_to(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lydia = {"firm": "Ashworth", "name": "Lydia Oakes", "email": "lydia@books.example"}
    arrival = Arrival(founded=True, people=[MARGARET], contacts=[lydia])
    said = told(capsys, Settings(), arrival)

    assert f"{ADDRESS}/portal: sign in as lydia@books.example" in said
    assert f"{ADDRESS}/dev/mail" in said
    assert "lydia" not in told(capsys, Settings(environment="production"), arrival)


def test_production_has_no_graphiql_to_go_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert f"GraphiQL  {ADDRESS}/graphql" in told(capsys, Settings(), BARE)
    assert "GraphiQL" not in told(capsys, Settings(environment="production"), BARE)


def test_a_pipe_gets_whole_lines(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    said = told(capsys, Settings(data=Path("/srv/" + "p" * 90)), FURNISHED).splitlines()

    (line,) = [line for line in said if "Margaret" in line]
    assert line.split() == [
        "Margaret", "A" * 60, "owner", "margaret@ashworth.example",
    ]  # fmt: skip
    assert any("a-password-of-the-demo" in line and line.endswith("p)") for line in said)
