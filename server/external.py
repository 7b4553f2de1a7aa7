"""Servers that are not ours: is what DATABASE_URL, REDIS_URL and S3_ENDPOINT_URL name
there, and fit for us?"""

from urllib.parse import urlsplit

import asyncpg

from models.migrations import MigrationChanged, migrate
from server.cannot_start import CannotStart
from server.settings import Settings
from subscriptions.bus import NotLetIn, knock

_CONNECT_SECONDS = 10
_POSTGRES = ("postgresql", "postgres")
_REDIS = ("redis", "rediss")
_PORTS = {"redis": 6379, "rediss": 6379, "http": 80, "https": 443}
_ACTS_AS = ("openpractice_app", "openpractice_portal", "openpractice_feed", "openpractice_queue")


async def check_database(settings: Settings) -> None:
    """Sign in as the server will and as the migrations will.

    Raises CannotStart with one sentence that names the variable, never a password.
    """
    urls = {
        "DATABASE_URL": settings.database_url,
        "MIGRATE_DATABASE_URL": settings.migrate_database_url,
    }
    for name, url in urls.items():
        connection = await _sign_in(name, url)
        version = connection.get_server_version().major
        await connection.close()
        if version < 18:
            raise CannotStart(f"{name} leads to PostgreSQL {version}; OpenPractice needs 18.")


async def migrate_database(settings: Settings) -> list[str]:
    """Bring the database up to date; returns what was applied. Raises CannotStart."""
    try:
        applied = await migrate(settings.migrate_database_url)
    except MigrationChanged as error:
        raise CannotStart(f"The database was made by another version: {error}") from error
    except (asyncpg.InsufficientPrivilegeError, asyncpg.UndefinedObjectError) as error:
        raise CannotStart(
            f"The login of MIGRATE_DATABASE_URL may not do what migrations need ({error}): "
            "let it create roles and bypass row security."
        ) from error
    await _check_role(settings.database_url)
    return applied


async def _check_role(url: str) -> None:
    connection = await _sign_in("DATABASE_URL", url)
    roles = ", ".join(_ACTS_AS)
    try:
        for role in _ACTS_AS:
            await connection.execute(f"set role {role}")
    except asyncpg.InsufficientPrivilegeError as error:
        raise CannotStart(
            f"The login {urlsplit(url).username} of DATABASE_URL may not act as {roles}: "
            "as an administrator, grant these to it."
        ) from error
    finally:
        await connection.close()


async def _sign_in(name: str, url: str) -> "asyncpg.Connection[asyncpg.Record]":
    if urlsplit(url).scheme not in _POSTGRES:
        raise CannotStart(f"{name} must look like postgresql://login:password@host:5432/database.")
    place = _place(url)
    try:
        return await asyncpg.connect(url, timeout=_CONNECT_SECONDS)
    except (asyncpg.InvalidPasswordError, asyncpg.InvalidAuthorizationSpecificationError) as error:
        wrong = f"refuses the login {urlsplit(url).username}"
        raise CannotStart(f"The PostgreSQL of {name} {wrong}: is the password right?") from error
    except asyncpg.InvalidCatalogNameError as error:
        raise CannotStart(f"The PostgreSQL of {name} has no such database: {error}.") from error
    except (OSError, TimeoutError) as error:
        raise CannotStart(f"No PostgreSQL answers at {place} ({name}).") from error
    except (asyncpg.PostgresError, asyncpg.InterfaceError, ValueError) as error:
        raise CannotStart(f"{name} cannot be used: {error}.") from error


async def check_bus(settings: Settings) -> None:
    """Raises CannotStart when no Redis lets us in where REDIS_URL points, or one is needed."""
    scheme, place = urlsplit(settings.redis_url).scheme, _place(settings.redis_url)
    if scheme == "memory":
        if settings.workers > 1:
            raise CannotStart(
                f"{settings.workers} server processes need a Redis to hear of each other's changes:"
                " set REDIS_URL, or start one process."
            )
        return
    if scheme not in _REDIS:
        raise CannotStart("REDIS_URL must look like redis://:password@host:6379/0, or memory://.")
    try:
        await knock(settings.redis_url, _CONNECT_SECONDS)
    except NotLetIn as error:
        raise CannotStart(
            f"The Redis of REDIS_URL at {place} does not let us in: {error}"
        ) from error
    except OSError as error:
        raise CannotStart(f"No Redis answers at {place} (REDIS_URL).") from error


def check_scanner(settings: Settings) -> None:
    """Raises CannotStart where files are kept in production, and nobody said that it is meant."""
    meant = settings.environment != "production" or settings.file_scanner == "off"
    if settings.s3_endpoint_url and not meant:
        raise CannotStart(
            "Files would be let through by their type alone, for no scanner comes along: if that is"
            " meant, say so by OPENPRACTICE_FILE_SCANNER=off."
        )


async def check_files(settings: Settings) -> None:
    """Raises CannotStart when S3_ENDPOINT_URL leads to no S3 server that takes our files."""
    if not settings.s3_endpoint_url:
        return
    from server.storage import Storage, Unusable

    try:
        async with Storage(settings).open() as files:
            await files.must_be_usable()
    except Unusable as error:
        place = _place(settings.s3_endpoint_url)
        raise CannotStart(f"The S3 server at {place} (S3_ENDPOINT_URL) {error}") from error


def _place(url: str) -> str:
    """Host and port without login and password."""
    parts = urlsplit(url)
    default = _PORTS.get(parts.scheme, 5432)
    try:
        return f"{parts.hostname or 'localhost'}:{parts.port or default}"
    except ValueError as error:
        raise CannotStart(f"The port in {parts.scheme}://… makes no sense: {error}.") from error
