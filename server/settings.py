"""Every setting, typed, read once: from the environment, unless a command says otherwise."""

from pathlib import Path
from typing import Any, Literal, Self

from pydantic import AliasChoices, Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from server.cannot_start import CannotStart

CHECKOUT = Path(__file__).resolve().parents[1]


class Settings(BaseSettings):
    """How this process runs. `DATABASE_URL`, `MIGRATE_DATABASE_URL`, `REDIS_URL`, `SMTP_URL`
    and those of S3 go by those names; every other setting by its own with `OPENPRACTICE_` before
    it."""

    model_config = SettingsConfigDict(
        env_prefix="OPENPRACTICE_", populate_by_name=True, env_ignore_empty=True, frozen=True
    )

    database_url: str = Field(
        "",
        validation_alias=AliasChoices("DATABASE_URL", "OPENPRACTICE_DATABASE_URL"),
        description="PostgreSQL 18 or newer; empty: `openpractice run` starts its own.",
    )
    migrate_database_url: str = Field(
        "",
        validation_alias=AliasChoices("MIGRATE_DATABASE_URL", "OPENPRACTICE_MIGRATE_DATABASE_URL"),
        description="The login that owns the tables; empty: the same as DATABASE_URL.",
    )
    redis_url: str = Field(
        "memory://",
        validation_alias=AliasChoices("REDIS_URL", "OPENPRACTICE_REDIS_URL"),
        description="Where hints travel between processes; memory:// serves one process alone.",
    )
    s3_endpoint_url: str = Field(
        "",
        validation_alias=AliasChoices("S3_ENDPOINT_URL", "OPENPRACTICE_S3_ENDPOINT_URL"),
        pattern=r"^(https?://.+)?$",
        description="The S3 server that keeps files, as this process reaches it; empty:"
        " `openpractice run` starts its own beside its own PostgreSQL.",
    )
    s3_public_url: str = Field(
        "",
        validation_alias=AliasChoices("S3_PUBLIC_URL", "OPENPRACTICE_S3_PUBLIC_URL"),
        pattern=r"^(https?://.+)?$",
        description="The same server as browsers reach it; empty: by S3_ENDPOINT_URL.",
    )
    s3_access_key: str = Field(
        "openpractice",
        validation_alias=AliasChoices("S3_ACCESS_KEY", "OPENPRACTICE_S3_ACCESS_KEY"),
        description="Who the S3 server knows this practice as.",
    )
    s3_secret_key: str = Field(
        "",
        validation_alias=AliasChoices("S3_SECRET_KEY", "OPENPRACTICE_S3_SECRET_KEY"),
        description="The secret behind S3_ACCESS_KEY.",
    )
    s3_bucket: str = Field(
        "openpractice",
        validation_alias=AliasChoices("S3_BUCKET", "OPENPRACTICE_S3_BUCKET"),
        description="The bucket that holds every file; made when it is not there.",
    )
    s3_region: str = Field(
        "us-east-1",
        validation_alias=AliasChoices("S3_REGION", "OPENPRACTICE_S3_REGION"),
        description="The region that requests are signed for.",
    )
    file_scanner: Literal["", "off"] = Field(
        "",
        description="What looks for harm in files. None comes along yet: where files are kept in"
        " production, `off` has to be said.",
    )
    smtp_url: str = Field(
        "",
        validation_alias=AliasChoices("SMTP_URL", "OPENPRACTICE_SMTP_URL"),
        pattern=r"^(smtps?://.+)?$",
        description="smtp://login:password@host:587 or smtps://…:465; empty: in development"
        " letters stay at /dev/mail, in production none are sent.",
    )
    mail_from: str = Field(
        "no-reply@localhost", description="The address that letters come from, in a firm's name."
    )
    public_url: str = Field(
        "",
        description="Where people reach this practice, for the links in letters;"
        " empty: this machine's own address.",
    )
    data: Path = Field(
        CHECKOUT / ".data", description="The one folder of the embedded servers and their secrets."
    )
    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: int = Field(
        8000, ge=0, le=65535, description="The port to listen on; 0 picks a free one."
    )
    workers: int = Field(1, ge=1, le=64, description="Server processes that share the port.")
    background: bool = Field(
        True,
        description="Whether the server processes do the background work, too;"
        " no where `openpractice worker` does it.",
    )
    engine: bool = Field(
        True, description="Whether operations are planned; no: graphql-core runs them all."
    )
    pool_size: int = Field(10, ge=1, le=200, description="Database connections of each process.")
    environment: Literal["development", "production"] = "development"
    points_per_minute: int | None = Field(
        None,
        ge=0,
        description="What one caller may spend on operations; 0: without end."
        " Unless said, 60,000 in production and without end in development.",
    )

    @model_validator(mode="after")
    def _migrate_by_the_same_login(self) -> Self:
        if not self.migrate_database_url:
            object.__setattr__(self, "migrate_database_url", self.database_url)
        return self

    @property
    def site(self) -> str:
        """Where people reach this practice, without a slash at the end."""
        return (self.public_url or f"http://localhost:{self.port}").rstrip("/")

    @property
    def brings_own_database(self) -> bool:
        """No DATABASE_URL was given, so PostgreSQL is started below `data`."""
        return not self.database_url

    @property
    def brings_own_bus(self) -> bool:
        """No REDIS_URL was given, so Redis is started where its binary exists."""
        return "redis_url" not in self.model_fields_set

    @property
    def brings_own_files(self) -> bool:
        """No S3_ENDPOINT_URL was given, so one is started below `data`, beside the database."""
        return not self.s3_endpoint_url and self.brings_own_database

    def with_(self, **changes: Any) -> Self:
        """The same settings with some of them said anew."""
        return type(self)(**{**self.model_dump(include=self.model_fields_set), **changes})

    def as_environment(self) -> dict[str, str]:
        """The variables from which another process reads exactly these settings."""
        own = {"database_url", "migrate_database_url", "redis_url", "smtp_url"}
        own |= {name for name in type(self).model_fields if name.startswith("s3_")}
        return {
            name.upper() if name in own else f"OPENPRACTICE_{name.upper()}": str(value)
            for name, value in self.model_dump().items()
            if value is not None
        }


def read_settings(**said: Any) -> Settings:
    """Settings from what a command said (None: nothing) and the environment.

    Raises CannotStart, naming the setting that makes no sense.
    """
    try:
        return Settings(**{name: value for name, value in said.items() if value is not None})
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        raise CannotStart(f"The setting {name} does not make sense: {first['msg']}.") from error
