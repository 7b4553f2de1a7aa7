"""How a command comes by its servers: those that the settings name, those of a `run` that is
already there, or its own for as long as it works."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass

from server.cannot_start import CannotStart
from server.embedded import Servers, embedded_files, embedded_postgres, embedded_redis, heal
from server.embedded.claim import Claim, Holder, claim_or_guest, claimed
from server.embedded.folder import Folder
from server.embedded.s3_server import Starting
from server.progress import console, step
from server.settings import Settings

NO_FILES = (
    "No S3 server comes with OpenPractice on this platform: set S3_ENDPOINT_URL to one; until then"
    " no documents can be uploaded."
)


@dataclass
class Host:
    """What `run` holds: a data folder and its claim, unless every server is somebody else's."""

    settings: Settings
    folder: Folder | None = None
    claim: Claim | None = None
    servers: Servers | None = None
    files: Starting | None = None

    @property
    def after_a_kill(self) -> bool:
        """The last process that held the folder did not come to its end."""
        return self.claim is not None and self.claim.after_a_kill

    @property
    def first_start(self) -> bool:
        """What is in the database is nothing that anybody has made: the first start was cut off,
        or this is it."""
        return self.folder is not None and self.folder.first_start.exists()

    def first_start_is_over(self) -> None:
        if self.folder is not None:
            self.folder.first_start.unlink(missing_ok=True)

    @contextmanager
    def started(self) -> Iterator[Settings]:
        """The settings with the addresses of the servers started here; PostgreSQL stops last."""
        if self.folder is None:
            yield self.settings
            return
        with ExitStack() as running:
            database, bus = 0, 0
            if self.settings.brings_own_files:  # slow to come up, so it does beside the others
                self.files = running.enter_context(embedded_files(self.folder))
            if self.settings.brings_own_database:
                with step("Starting PostgreSQL"):
                    database = running.enter_context(embedded_postgres(self.folder))
            if self.settings.brings_own_bus:
                bus = running.enter_context(embedded_redis(self.folder))
            files = self.files.port if self.files is not None else 0
            self.servers = Servers(self.folder, database, bus, files)
            yield _pointing_at(self.servers, self.settings)

    def wait_for_files(self) -> None:
        """Raises CannotStart when the S3 server that is being started does not come up."""
        if self.files is not None:
            self.files.wait()
        elif self.settings.brings_own_files:
            console.print(NO_FILES)

    def files_watched(self) -> AbstractContextManager[None]:
        """What is done within is stopped when the S3 server that was started here ends."""
        return self.files.watched() if self.files is not None else nullcontext()

    def ready(self, address: str) -> None:
        """Other commands on this folder may come in now."""
        if self.claim is not None and self.servers is not None:
            self.claim.say(
                address=address,
                database_port=self.servers.database_port,
                redis_port=self.servers.redis_port,
                files_port=self.servers.files_port,
            )


@contextmanager
def hosting(settings: Settings) -> Iterator[Host]:
    """For `run`: hold the data folder, if any server is to be started on it.

    Raises CannotStart when another `run` holds it, or it cannot be used.
    """
    if not settings.brings_own_database and not settings.brings_own_bus:
        yield Host(settings)
        return
    folder = Folder.at(settings.data)
    with claimed(folder, "run") as claim:
        heal(folder)
        yield Host(settings, folder, claim)


@contextmanager
def visiting(settings: Settings, command: str) -> Iterator[Settings]:
    """For every other command: the settings pointing at servers that answer.

    Raises CannotStart when nothing was ever started on the data folder.
    """
    if not settings.brings_own_database:
        yield settings
        return
    if not settings.data.expanduser().exists():
        raise CannotStart(
            f"There is nothing in {settings.data} yet: "
            f"start it with `openpractice run --data {settings.data}`."
        )
    folder = Folder.at(settings.data)
    found = claim_or_guest(folder, command)
    if isinstance(found, Holder):
        ports = found.database_port, found.redis_port, found.files_port
        yield _pointing_at(Servers(folder, *ports), settings)
        return
    with found.held(folder):
        heal(folder)
        with embedded_postgres(folder) as port:
            yield _pointing_at(Servers(folder, port, 0), settings)


def _pointing_at(servers: Servers, settings: Settings) -> Settings:
    """The settings with what the embedded servers answer to; nobody listens on a bus that is
    not there, so `memory://` takes its place."""
    said = {}
    if settings.brings_own_database:
        said["database_url"] = servers.database_url
        said["migrate_database_url"] = servers.migrate_database_url
    if settings.brings_own_files and servers.files_port:
        said["s3_endpoint_url"] = servers.s3_endpoint_url
        said["s3_secret_key"] = servers.s3_secret_key
    if settings.brings_own_bus:
        said["redis_url"] = servers.redis_url
    return settings.with_(**said)
