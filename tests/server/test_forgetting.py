"""`openpractice forget` deletes what was made in a data folder, and nothing else."""

import os
import signal
from pathlib import Path

from server.embedded.folder import Folder
from tests.server.launcher import refusal, running, say


async def test_a_folder_is_forgotten_once_nobody_runs_on_it_and_can_be_begun_anew(
    tmp_path: Path,
) -> None:
    place = tmp_path / "practice"
    async with running(place) as launched:
        passwords = Folder(place).passwords()
        assert "is using" in await refusal("forget", "--data", str(place))
        await launched.end(signal.SIGINT)
    (place / "thesis.odt").touch()

    code, said, _ = await say("forget", "--data", str(place))

    assert (code, said) == (0, f"Nothing of OpenPractice is left in {place}.\n")
    assert sorted(os.listdir(place)) == ["claim", "thesis.odt"]
    (place / "thesis.odt").unlink()
    async with running(place):
        assert Folder(place).passwords() != passwords


async def test_a_folder_of_other_things_is_not_forgotten(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").touch()

    sentence = await refusal("forget", "--data", str(tmp_path))

    assert "is neither empty nor a folder that OpenPractice has made" in sentence
    assert os.listdir(tmp_path) == ["thesis.odt"]


async def test_where_nothing_was_ever_made_nothing_is_made(tmp_path: Path) -> None:
    place = tmp_path / "nowhere"

    assert (await say("forget", "--data", str(place)))[0] == 0

    assert not place.exists()
