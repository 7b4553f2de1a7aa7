"""The S3 server that `openpractice run` brings along, and the one that it is told of."""

import asyncio
import hashlib
import json
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import psutil
import pytest

from server.embedded import Servers
from server.embedded.claim import holder_of
from server.embedded.folder import Folder
from server.settings import Settings
from server.storage import Storage
from tests.server.launcher import gone, refusal, running


async def test_a_folder_of_an_earlier_version_is_given_the_password_it_lacks(begun: Path) -> None:
    passwords = begun / "passwords.json"
    before = json.loads(passwords.read_text())
    passwords.write_text(json.dumps({k: v for k, v in before.items() if k != "s3"}))

    async with running(begun) as launched:
        assert (await _alive(launched.address)).status_code == 200

    after = json.loads(passwords.read_text())
    assert after.keys() == before.keys()
    assert {**after, "s3": before["s3"]} == before
    assert passwords.stat().st_mode & 0o777 == 0o600


async def test_files_outlive_the_server_that_took_them_and_a_kill(begun: Path) -> None:
    async with running(begun) as launched, _files(begun) as files:
        await _bring(files, "quarantine/a", b"some bytes")
        for process in launched.family():
            process.kill()
        await launched.end(signal.SIGKILL)

    async with running(begun), _files(begun) as files:
        found = await files.look("quarantine/a")
        assert found is not None
        assert await files.beginning("quarantine/a", found.etag, 100) == b"some bytes"


async def test_the_end_of_the_s3_server_is_the_end_of_all_and_is_told(begun: Path) -> None:
    async with running(begun) as launched:
        family = launched.family()

        psutil.Process(int((begun / "s3/pid").read_text())).kill()
        _, complaint = await asyncio.wait_for(launched.process.communicate(), 15)

    assert launched.process.returncode == 1
    told = complaint.decode().splitlines()[-1]
    assert told.startswith("openpractice: The S3 server has ended (SIGKILL), and nothing goes on")
    assert await gone(family) == []


@asynccontextmanager
async def _files(folder: Path) -> AsyncIterator[Storage]:
    holder = holder_of(Folder(folder))
    assert holder is not None
    servers = Servers(Folder(folder), 0, 0, holder.files_port)
    settings = Settings(
        s3_endpoint_url=servers.s3_endpoint_url, s3_secret_key=servers.s3_secret_key
    )
    async with Storage(settings).open() as files:
        yield files


async def _bring(files: Storage, key: str, content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    form = await files.upload_form(key, size=len(content), media_type="text/plain", sha256=digest)
    async with httpx.AsyncClient() as client:
        sent = await client.post(form.url, data=dict(form.fields), files={"file": content})
    assert sent.status_code == 204, sent.text


async def test_the_inner_ports_of_the_s3_server_let_nobody_in(begun: Path) -> None:
    async with running(begun), httpx.AsyncClient() as client:
        holder = holder_of(Folder(begun))
        assert holder is not None
        for further, path in ((2, "/1,01"), (3, "/"), (3, "/buckets/")):
            answer = await client.get(f"http://127.0.0.1:{holder.files_port + further}{path}")
            assert answer.status_code == 401, (further, path)


async def test_an_s3_server_that_does_not_answer_is_told(servers: Servers) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    sentence = await refusal(
        *("run", "--port", "0"),
        DATABASE_URL=servers.database_url,
        MIGRATE_DATABASE_URL=servers.migrate_database_url,
        REDIS_URL="memory://",
        S3_ENDPOINT_URL=f"http://127.0.0.1:{port}",
    )

    assert sentence == f"The S3 server at 127.0.0.1:{port} (S3_ENDPOINT_URL) does not answer."


@pytest.mark.parametrize("own", [False, True])
async def test_in_production_it_has_to_be_said_that_nothing_is_scanned(
    servers: Servers, begun: Path, own: bool
) -> None:
    theirs = {
        "DATABASE_URL": servers.database_url,
        "MIGRATE_DATABASE_URL": servers.migrate_database_url,
        "REDIS_URL": "memory://",
        "S3_ENDPOINT_URL": "http://127.0.0.1:1",
    }

    sentence = await refusal(
        *("run", "--empty", "--port", "0", "--data", str(begun)), before=(),
        OPENPRACTICE_ENVIRONMENT="production", **({} if own else theirs),
    )  # fmt: skip

    assert sentence.endswith("if that is meant, say so by OPENPRACTICE_FILE_SCANNER=off.")


async def test_in_production_a_worker_clears_no_file_before_somebody_said_that_none_is_scanned(
    database_url: str,
) -> None:
    sentence = await refusal(
        "worker", DATABASE_URL=database_url, REDIS_URL="memory://",
        S3_ENDPOINT_URL="http://localhost:1", OPENPRACTICE_ENVIRONMENT="production",
    )  # fmt: skip
    assert sentence.endswith("if that is meant, say so by OPENPRACTICE_FILE_SCANNER=off.")


async def test_an_s3_server_that_cannot_use_its_folder_is_told_in_its_own_words(
    begun: Path,
) -> None:
    (begun / "s3/filerldb2").chmod(0)

    sentence = await refusal("run", "--empty", "--port", "0", "--data", str(begun))

    assert sentence.startswith("The S3 server could not start: ")
    assert "filerldb2 Writable: Not writable" in sentence
    assert sentence.endswith(f"(more in {begun}/s3.log)")


async def _alive(address: str) -> httpx.Response:
    async with httpx.AsyncClient() as client:
        return await client.get(f"{address}/health/live")
