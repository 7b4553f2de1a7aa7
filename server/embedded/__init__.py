"""Real servers from wheels: PostgreSQL 18, Redis and S3 below one folder, when no URL is
given."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from server.embedded import postgres, redis_server, s3_server
from server.embedded.account import account_for
from server.embedded.folder import Folder


@dataclass(frozen=True)
class Servers:
    """Where the embedded servers answer."""

    folder: Folder
    database_port: int
    redis_port: int
    files_port: int = 0

    @property
    def database_url(self) -> str:
        return self._as("openpractice")

    @property
    def migrate_database_url(self) -> str:
        return self._as("openpractice_migrate")

    @property
    def superuser_url(self) -> str:
        return self._as("postgres")

    @property
    def redis_url(self) -> str:
        if not self.redis_port:
            return redis_server.ONE_PROCESS_ONLY
        return redis_server.address(self.redis_port, self.folder.passwords())

    @property
    def s3_endpoint_url(self) -> str:
        """Where files are kept; empty where no server could be started."""
        return s3_server.address(self.files_port) if self.files_port else ""

    @property
    def s3_secret_key(self) -> str:
        return self.folder.passwords()["s3"]

    def _as(self, login: str) -> str:
        return postgres.address(self.database_port, login, self.folder.passwords())


@contextmanager
def embedded_postgres(folder: Folder, *, durable: bool = True) -> Iterator[int]:
    """PostgreSQL's port while it runs on the folder, whose claim the caller holds."""
    with postgres.running(folder, account_for(folder.cluster), durable=durable) as port:
        yield port


@contextmanager
def embedded_redis(folder: Folder) -> Iterator[int]:
    """Redis's port while it runs, 0 where there is no binary for this platform."""
    with redis_server.running(folder, account_for(folder.cluster)) as port:
        yield port


@contextmanager
def embedded_files(folder: Folder) -> Iterator[s3_server.Starting | None]:
    """The S3 server on its way up, None where there is no binary for this platform."""
    with s3_server.starting(folder, account_for(folder.cluster)) as files:
        yield files


@contextmanager
def embedded(folder: Folder, *, durable: bool = True) -> Iterator[Servers]:
    """PostgreSQL and Redis. PostgreSQL starts first and stops last."""
    with embedded_postgres(folder, durable=durable) as database, embedded_redis(folder) as bus:
        yield Servers(folder, database, bus)


def heal(folder: Folder) -> None:
    """Stop what a killed launcher has left running on the folder, whose claim the caller holds."""
    s3_server.heal(folder)
    redis_server.heal(folder)
    postgres.heal(folder)
