"""Opaque tokens: whoever holds one is let in, and the database knows its hash alone.

A token is 256 random bits behind a prefix that secret scanners know, kept as SHA-256.
"""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime
from typing import ClassVar, Self, cast

from tortoise import fields

from models import clock
from models.base import FirmModel
from models.connection import before_any_firm
from models.events import EventKind
from models.unit_of_work import Row

_LONGEST = 200


def new_token(prefix: str) -> str:
    return prefix + secrets.token_urlsafe(32)


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


async def found_by(token: str, *, prefix: str, finder: str) -> Row | None:
    """What the database's function `finder` knows of this token; nothing of another kind's."""
    return (await all_found_by([token], prefix=prefix, finder=finder)).get(token)


async def all_found_by(tokens: Collection[str], *, prefix: str, finder: str) -> dict[str, Row]:
    """What it knows of each of these, in one question for all; those unknown are left out."""
    hashes = {
        token_hash(token): token
        for token in tokens
        if token.startswith(prefix) and len(token) <= _LONGEST
    }
    if not hashes:
        return {}
    async with before_any_firm() as connection:
        rows = await connection.fetch(
            f"select given.token_hash, found.* from unnest($1::bytea[]) given (token_hash)"
            f" cross join lateral {finder}(given.token_hash) found",
            list(hashes),
        )
    return {hashes[row["token_hash"]]: cast("Row", row) for row in rows}


class Admission(FirmModel):
    """Lets whoever holds its token in, until it expires or is revoked."""

    secret: ClassVar[frozenset[str]] = frozenset({"token_hash"})

    token_hash = fields.BinaryField()
    expires_at: datetime = fields.DatetimeField()
    revoked_at: datetime | None = fields.DatetimeField(null=True)

    class Meta:
        abstract = True

    async def _end(self, kind: EventKind) -> Self:
        """From now on it lets nobody in; twice is once."""
        if self.revoked_at is not None:
            return self
        return await self.record(kind, revoked_at=await clock.now())
