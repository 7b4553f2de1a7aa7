"""Signing in: passwords, sessions and API tokens."""

import asyncio
import secrets
from base64 import b64encode
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar, Self
from unicodedata import normalize
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from argon2.low_level import ARGON2_VERSION
from tortoise import fields

from models import clock
from models.base import FirmModel, belongs_to
from models.connection import before_any_firm
from models.errors import Overloaded, ValidationError
from models.events import EventKind
from models.members import Member
from models.opaque_tokens import Admission, all_found_by, new_token, token_hash
from models.permissions import Permission, Role
from models.unit_of_work import Row, current
from models.viewer import Viewer
from models.visibility import Sight

TOKEN_PREFIX = "op_live_"  # noqa: S105  (what our tokens begin with)
_PERMISSIONS = {permission.value: permission for permission in Permission}
SESSION_LIFETIME = timedelta(days=30)
TOKEN_LIFETIME = timedelta(days=365)

# OWASP's argon2id minimum: 35 ms a try here; the library's default would cost 242 ms.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")
_waiting = asyncio.Semaphore(32)


def _random(size: int) -> str:
    """So many bytes, as argon2 writes them."""
    return b64encode(secrets.token_bytes(size)).decode().rstrip("=")


# Of no password, and as slow to be compared with as any other.
_NOBODY = (
    f"$argon2id$v={ARGON2_VERSION}$m={_hasher.memory_cost},t={_hasher.time_cost}"
    f",p={_hasher.parallelism}${_random(_hasher.salt_len)}${_random(_hasher.hash_len)}"
)


async def hashed(password: str) -> str:
    """The argon2id hash. Raises ValidationError unless 12 to 128 characters long."""
    if not 12 <= len(password) <= 128:
        raise ValidationError("A password has 12 to 128 characters.", path=("password",))
    return await asyncio.get_running_loop().run_in_executor(
        _threads, _hasher.hash, normalize("NFKC", password)
    )


async def matches(password_hash: str | None, password: str) -> bool:
    """Whether it is the password; as slow for an unknown account as for a known one."""
    if _waiting.locked():
        raise Overloaded
    async with _waiting:
        return await asyncio.get_running_loop().run_in_executor(
            _threads, _verify, password_hash or _NOBODY, normalize("NFKC", password[:200])
        ) and (password_hash is not None)


def _verify(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


class Credential(FirmModel):
    """A member's password, hashed."""

    thing: ClassVar[str] = "password"
    sight: ClassVar[Sight] = Sight.VIEWER
    secret: ClassVar[frozenset[str]] = frozenset({"password_hash"})

    member = belongs_to("Member")
    member_id: UUID
    password_hash = fields.TextField()

    class Meta:
        table = "credential"

    @classmethod
    async def set(cls, member: Member, password_hash: str) -> None:
        """Replace the member's password by this hash (see `hashed`)."""
        found = await cls.held("member_id = $1", member.id)
        if found is not None:
            await found.record(EventKind.PASSWORD_SET, password_hash=password_hash)
        else:
            await cls.create(EventKind.PASSWORD_SET, given={
                "member_id": member.id, "password_hash": password_hash,
            })  # fmt: skip

    @classmethod
    async def change(cls, member: Member, password: str, current_password: str | None) -> None:
        """Give a member another password: one's own by the one that holds, somebody else's as
        whoever may change them. Whoever is signed in by the old one is signed out."""
        viewer = current().viewer
        if viewer.member_id == member.id:
            found = await cls.held("member_id = $1", member.id)
            if found and not await matches(found.password_hash, current_password or ""):
                raise ValidationError("That is not the password that holds now.",
                                      path=("currentPassword",), code="WRONG_PASSWORD")  # fmt: skip
        else:
            viewer.must(Permission.MANAGE_MEMBERS)
            member.must_be_changeable()
        await cls.set(member, await hashed(password))
        await Session.close_all(member, but=viewer.session_id)


class Session(Admission):
    """A signed-in page or device."""

    thing: ClassVar[str] = "session"
    sight: ClassVar[Sight] = Sight.VIEWER

    member = belongs_to("Member")
    member_id: UUID

    class Meta:
        table = "session"

    @classmethod
    async def open(cls, member_id: UUID) -> tuple[Self, str]:
        """A new session and its token, which is shown this once."""
        token = new_token(TOKEN_PREFIX)
        session = await cls.create(EventKind.SESSION_OPENED, given={
            "member_id": member_id, "token_hash": token_hash(token),
            "expires_at": await clock.now() + SESSION_LIFETIME,
        })  # fmt: skip
        return session, token

    async def close(self) -> Self:
        """Sign out; twice is once."""
        return await self._end(EventKind.SESSION_CLOSED)

    @classmethod
    async def close_all(cls, member: Member, *, but: UUID | None) -> None:
        """Sign a member out everywhere, but for one session."""
        rows = await current().fetch(
            "select * from session where member_id = $1 and revoked_at is null"
            " and id is distinct from $2 order by id for no key update", member.id, but,
        )  # fmt: skip
        for row in rows:
            await cls.from_row(row).close()


class ApiToken(Admission):
    """A named key for a program, with the scopes it was given; read-only unless they say more."""

    thing: ClassVar[str] = "API token"
    sight: ClassVar[Sight] = Sight.VIEWER

    member = belongs_to("Member")
    member_id: UUID
    name = fields.CharField(100)
    scopes: Any = fields.JSONField()

    class Meta:
        table = "api_token"

    @classmethod
    async def issue(cls, *, member_id: UUID, name: str, scopes: Sequence[Permission],
                    id: UUID | None = None) -> tuple[Self, str]:  # fmt: skip
        """A new key and its secret, which is shown this once. Grants no more than one holds."""
        viewer = current().viewer
        for scope in scopes:
            viewer.must(scope)
        if not scopes:
            raise ValidationError("Give at least one scope.", path=("scopes",))
        token = new_token(TOKEN_PREFIX)
        made = await cls.create(EventKind.API_TOKEN_CREATED, id=id, given={
            "member_id": member_id, "name": name,
            "scopes": sorted({scope.value for scope in scopes}),
        }, derived={
            "token_hash": token_hash(token), "expires_at": await clock.now() + TOKEN_LIFETIME,
        })  # fmt: skip
        return made, token

    async def revoke(self) -> Self:
        """End it now; twice is once."""
        return await self._end(EventKind.API_TOKEN_REVOKED)


@dataclass(frozen=True, slots=True)
class Account:
    """One firm that a password opens."""

    firm_id: UUID
    firm_name: str
    member_id: UUID


async def accounts(email: str, password: str) -> list[Account]:
    """The firms this address and password open; never says whether the address is known."""
    async with before_any_firm() as connection:
        rows = await connection.fetch("select * from find_sign_in($1)", email)
    if not rows:
        await matches(None, password)
    verdicts = {h: await matches(h, password) for h in {row["password_hash"] for row in rows}}
    return [Account(row["firm_id"], row["firm_name"], row["member_id"])
            for row in rows if verdicts[row["password_hash"]]]  # fmt: skip


async def viewer_of(token: str) -> Viewer | None:
    """Who holds this session or API token now; None when nobody does (any more)."""
    return (await viewers_of([token])).get(token)


async def viewers_of(tokens: Collection[str]) -> dict[str, Viewer]:
    """Who holds each of these now; those that nobody does are left out."""
    found = await all_found_by(tokens, prefix=TOKEN_PREFIX, finder="find_session")
    return {token: _viewer(row) for token, row in found.items()}


def _viewer(row: Row) -> Viewer:
    scopes = row["scopes"]
    return Viewer(
        firm_id=row["firm_id"], member_id=row["member_id"], role=Role(row["role"]),
        scopes=None if scopes is None else frozenset(
            _PERMISSIONS[scope] for scope in scopes if scope in _PERMISSIONS
        ),
        session_id=row["session_id"], api_token_id=row["api_token_id"],
    )  # fmt: skip
