"""`openpractice run` on servers that are somebody else's: used as they are, or refused by name."""

import socket
from pathlib import Path

from server.embedded import Servers
from tests.server.launcher import lives, refusal, running


def _nobody_listens() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port


async def test_a_wrong_database_url_is_told_without_its_password(servers: Servers) -> None:
    port = _nobody_listens()
    wrong = {
        "mysql://me:geheim@localhost/x": "DATABASE_URL must look like postgresql://login:password@",
        f"postgresql://me:geheim@127.0.0.1:{port}/x": f"No PostgreSQL answers at 127.0.0.1:{port}",
        "postgresql://me:geheim@127.0.0.1:99999/x": "The port in postgresql://… makes no sense",
        f"postgresql://openpractice:geheim@127.0.0.1:{servers.database_port}/x": (
            "refuses the login openpractice: is the password right?"
        ),
        servers.superuser_url.replace("/postgres?", "/nowhere?"): "has no such database",
    }
    for url, told in wrong.items():
        sentence = await refusal("run", "--port", "0", DATABASE_URL=url, REDIS_URL="memory://")
        assert told in sentence
        assert "geheim" not in sentence


async def test_a_redis_that_does_not_answer_is_told(servers: Servers) -> None:
    port = _nobody_listens()

    sentence = await refusal(
        *("run", "--port", "0"),
        DATABASE_URL=servers.database_url,
        MIGRATE_DATABASE_URL=servers.migrate_database_url,
        REDIS_URL=f"redis://127.0.0.1:{port}",
    )

    assert sentence == f"No Redis answers at 127.0.0.1:{port} (REDIS_URL)."


async def test_a_redis_that_does_not_let_us_in_is_told_without_the_password(
    servers: Servers, redis_url: str
) -> None:
    place = f"127.0.0.1:{servers.redis_port}"
    wrong = {
        f"redis://:geheim@{place}/0": "is the password right?",
        f"redis://{place}": "is the password right?",
        redis_url.replace("/0", "/4711"): "DB index is out of range.",
    }
    for url, told in wrong.items():
        sentence = await refusal(
            *("run", "--port", "0"),
            DATABASE_URL=servers.database_url,
            MIGRATE_DATABASE_URL=servers.migrate_database_url,
            REDIS_URL=url,
        )
        assert sentence == f"The Redis of REDIS_URL at {place} does not let us in: {told}"


async def test_several_processes_need_a_bus(servers: Servers) -> None:
    sentence = await refusal(
        *("run", "--port", "0", "--workers", "2"),
        DATABASE_URL=servers.database_url,
        REDIS_URL="memory://",
    )

    assert "2 server processes need a Redis" in sentence


async def test_given_urls_nothing_of_its_own_is_started(
    servers: Servers, own_database_url: str, tmp_path: Path
) -> None:
    name = own_database_url.rpartition("/")[2]
    owner = servers.migrate_database_url.rpartition("/")[0]
    addresses = {
        "DATABASE_URL": own_database_url,
        "MIGRATE_DATABASE_URL": f"{owner}/{name}",
        "REDIS_URL": servers.redis_url,
    }

    async with running(tmp_path / "practice", **addresses) as launched:
        assert await lives(launched.address)
        assert launched.family() == []
    assert not (tmp_path / "practice").exists()
