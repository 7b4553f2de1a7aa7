"""The compose file names the parts that `make run` starts, and two servers."""

from typing import Any

import pytest
import yaml

from server.serving import GRACE_SECONDS
from server.settings import CHECKOUT, Settings
from server.worker import GOODBYE_SECONDS


@pytest.fixture
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
    return dict(found["services"])


def test_two_servers_share_one_postgresql_18_one_redis_and_one_s3(services: dict[str, Any]) -> None:
    assert services["postgres"]["image"] == "postgres:18"
    assert {"redis", "s3", "server-1", "server-2"} <= services.keys()
    assert services["server-1"]["environment"] == services["server-2"]["environment"]


def test_who_is_asked_to_stop_is_given_the_time_to(services: dict[str, Any]) -> None:
    longest = GRACE_SECONDS + GOODBYE_SECONDS + 1
    for name in ("server-1", "server-2", "worker"):
        assert int(services[name]["stop_grace_period"].removesuffix("s")) > longest


def test_what_the_servers_are_told_are_settings_that_exist(
    services: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in services["server-1"]["environment"].items():
        monkeypatch.setenv(name, value)

    settings = Settings()

    assert not settings.brings_own_database
    assert not settings.brings_own_bus
    assert not settings.brings_own_files
    assert settings.s3_secret_key
    assert settings.migrate_database_url != settings.database_url


def test_every_part_that_a_server_waits_for_is_there(services: dict[str, Any]) -> None:
    for service in services.values():
        assert services.keys() >= service.get("depends_on", {}).keys()


def test_the_background_work_is_the_workers_alone(services: dict[str, Any]) -> None:
    assert services["worker"]["command"] == ["openpractice", "worker"]
    assert services["server-1"]["environment"]["OPENPRACTICE_BACKGROUND"] == "false"
