"""The port to where files are kept. Bytes never pass through this practice: people's devices send
them to the store, and fetch them from it, by forms and links that are signed here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from models.errors import ValidationError

QUARANTINE, FILES = "quarantine", "files"
"""Below which keys a file stands before it was looked at, and after."""


@dataclass(frozen=True, slots=True)
class UploadForm:
    """Where to POST a file, as multipart form data: these fields first, then it, as `file`."""

    url: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Stored:
    """What the store says of a file. Its `etag` names these very bytes."""

    size: int
    sha256: str | None
    """In hexadecimal digits; None where the store has not counted it."""
    etag: str


class Scanner(Protocol):
    """Looks for what does harm in a file of the store."""

    async def scan(self, key: str, etag: str) -> str | None:
        """What was found, as a sentence for the person who sent it; None for nothing."""
        ...


class FileStore(Protocol):
    """Any S3. What it is asked for is either signed here, or answered by it within seconds."""

    @property
    def scanner(self) -> Scanner: ...

    async def upload_form(self, key: str, *, size: int, media_type: str, sha256: str) -> UploadForm:
        """A form good for ten minutes, for exactly this file; the store refuses any other."""
        ...

    async def look(self, key: str) -> Stored | None:
        """What is kept under the key; None when nothing is."""
        ...

    async def beginning(self, key: str, etag: str, length: int) -> bytes:
        """Its first bytes; nothing when it is not those that the etag names."""
        ...

    async def copy(self, key: str, etag: str, to: str) -> bool:
        """Copy those bytes and no others; False when others have taken their place."""
        ...

    async def delete(self, key: str) -> None:
        """Forget what is kept under the key; twice is once."""
        ...

    async def download_link(self, key: str, name: str) -> str:
        """A link good for a minute, under which the file comes as an attachment of that name."""
        ...


def no_store() -> ValidationError:
    """What a process says that was given no store."""
    return ValidationError("This server keeps no files: its operator has to set S3_ENDPOINT_URL.",
                           code="NO_FILE_STORE")  # fmt: skip
