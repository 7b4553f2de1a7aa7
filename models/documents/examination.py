"""Looking at a file in quarantine: is it what was announced, and is it harmless?

All of this happens between units of work. What it finds is a verdict, which a unit then takes
over; until one has, nobody can fetch a byte.
"""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from uuid_utils.compat import uuid7

from models.database import database
from models.documents import media_types
from models.errors import ValidationError
from models.files import FILES, Stored


class Announced(Protocol):
    """What was said of the file."""

    @property
    def firm_id(self) -> UUID: ...
    @property
    def quarantine_key(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def media_type(self) -> str: ...
    @property
    def sha256(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where the file is kept from now on, or why it is refused."""

    key: str | None = None
    refusal: str | None = None


async def arrived(document: Announced) -> Stored:
    """What has come. Raises ValidationError while nothing has."""
    stored = await database().files.look(document.quarantine_key)
    if stored is None:
        raise ValidationError("The file has not come yet: send it by the form first.",
                              code="NOT_UPLOADED")  # fmt: skip
    return stored


async def examine_late(document: Announced) -> Verdict:
    """What is to be said of a file that came a while ago; the store may have cleared it since."""
    stored = await database().files.look(document.quarantine_key)
    if stored is None:
        return Verdict(refusal="It was not looked at in time and is gone: send it again.")
    return await examine(document, stored)


async def examine(document: Announced, stored: Stored) -> Verdict:
    """Compare, look inside, ask the scanner, and copy those very bytes out of quarantine."""
    files, key = database().files, document.quarantine_key
    if (stored.size, stored.sha256) != (document.size, document.sha256):
        return Verdict(refusal="What has come is not the file that was announced.")
    beginning = await files.beginning(key, stored.etag, media_types.LOOKED_AT)
    if not media_types.fits(document.media_type, beginning):
        return Verdict(refusal=f"What is in the file is not {document.media_type}.")
    found = await files.scanner.scan(key, stored.etag)
    if found is not None:
        return Verdict(refusal=found)
    kept = f"{FILES}/{document.firm_id.hex}/{document.sha256[:2]}/{uuid7().hex}"
    if not await files.copy(key, stored.etag, kept):
        return Verdict(refusal="The file was exchanged while it was being looked at.")
    return Verdict(key=kept)
