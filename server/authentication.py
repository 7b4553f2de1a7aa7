"""Who is asking: a request's or a socket's credentials into a Viewer.

Three ways in: the pages' cookie, `Authorization: Bearer`, and Basic with the token as password
(some BI tools can do no more). The token decides; a name beside it is not looked at.
"""

import base64
import binascii
import hashlib
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from starlette.requests import HTTPConnection

from models.errors import Overloaded
from models.sign_in import SESSION_LIFETIME, TOKEN_PREFIX
from models.viewer import Viewer
from server.errors import Code, refusal
from server.origins import Origin
from subscriptions.rounds import Rounds

_TRIES = 3


@dataclass(frozen=True, slots=True)
class Credential:
    """A token, and whether the browser sent it of its own accord."""

    token: str
    by_cookie: bool


class Sessions:
    """Looks one kind of token up, known by its `prefix` and by the name of its `cookie`.

    `look_up` says who holds each of some tokens, and leaves out those that nobody does. An answer
    is good for `keep` seconds, at most `size` are kept. Keys are hashes: a process's memory should
    not hold what opens a firm.
    """

    def __init__(
        self,
        look_up: Callable[[Collection[str]], Awaitable[Mapping[str, Viewer]]],
        *,
        prefix: str = TOKEN_PREFIX,
        cookie: str = "openpractice",
        lifetime: timedelta = SESSION_LIFETIME,
        keep: float = 5,
        size: int = 10_000,
    ) -> None:
        self._look_up = look_up
        # Well inside any header limit; what the database is asked for never comes near it.
        self._token = re.compile(prefix + r"[A-Za-z0-9_-]{20,150}")
        self._cookie = cookie
        self._lifetime = lifetime
        self._keep = keep
        self._size = size
        self._known: OrderedDict[bytes, tuple[float, Viewer | None]] = OrderedDict()
        self._asked = Rounds(self._holders)
        self._forgotten = 0

    async def viewer(self, token: str) -> Viewer | None:
        """The token's holder, None when it opens nothing. Raises Overloaded."""
        until, viewer = self._known.get(_key(token), (0.0, None))
        return viewer if until > time.monotonic() else await self.ask(token)

    async def ask(self, token: str) -> Viewer | None:
        """The same, without what is kept. Raises Overloaded."""
        return await self._asked.ask(token)

    async def _holders(self, tokens: Sequence[str]) -> Sequence[Viewer | None]:
        holders = await self.ask_all(tokens)
        return [holders.get(token) for token in tokens]

    async def ask_all(self, tokens: Collection[str]) -> Mapping[str, Viewer]:
        """The holders of all of these as things stand now, in one question; a token that opens
        nothing is left out. Raises Overloaded."""
        asked = [token for token in tokens if self._token.fullmatch(token)]
        holders: Mapping[str, Viewer] = {}
        for _ in range(_TRIES):
            asked_at, forgotten = time.monotonic(), self._forgotten
            try:
                holders = await self._look_up(asked) if asked else {}
            except TimeoutError:
                raise Overloaded from None
            if forgotten == self._forgotten:  # otherwise the answer may be older than what changed
                for token in asked:
                    self._remember(_key(token), asked_at + self._keep, holders.get(token))
                break
        return holders

    def _remember(self, key: bytes, until: float, viewer: Viewer | None) -> None:
        self._known[key] = (until, viewer)
        self._known.move_to_end(key)
        if len(self._known) > self._size:
            self._known.popitem(last=False)

    def forget(self, token: str) -> None:
        """Look this token up anew next time."""
        self._forgotten += 1
        self._known.pop(_key(token), None)

    def forget_all_of(self, firm_id: UUID) -> None:
        """The same for whoever is known of this firm: rights have changed there."""
        self._forgotten += 1
        theirs = [key for key, (_, viewer) in self._known.items()
                  if viewer is not None and viewer.firm_id == firm_id]  # fmt: skip
        for key in theirs:
            del self._known[key]

    def cookie_name(self, *, secure: bool) -> str:
        """`__Host-` binds the cookie to this host over TLS; plain http in development cannot."""
        return f"__Host-{self._cookie}" if secure else self._cookie

    def cookie(self, token: str, *, secure: bool) -> str:
        """The `Set-Cookie` that keeps a session, or ends it when `token` is empty."""
        age = int(self._lifetime.total_seconds()) if token else 0
        attributes = f"Path=/; HttpOnly; SameSite=Lax; Max-Age={age}"
        named = f"{self.cookie_name(secure=secure)}={token}"
        return f"{named}; {attributes}" + ("; Secure" if secure else "")

    def credential(self, connection: HTTPConnection, *, secure: bool) -> Credential | None:
        """What the headers carry. Raises Refusal (401) for an Authorization nobody can read."""
        header = connection.headers.get("authorization")
        if header is not None:
            return Credential(token_in(header), by_cookie=False)
        token = connection.cookies.get(self.cookie_name(secure=secure))
        return Credential(token, by_cookie=True) if token else None


def token_in(header: str) -> str:
    """The token of an Authorization header. Raises Refusal (401)."""
    scheme, _, rest = header.strip().partition(" ")
    match scheme.lower():
        case "bearer":
            return rest.strip()
        case "basic":
            try:
                pair = base64.b64decode(rest.strip(), validate=True).decode()
            except (binascii.Error, UnicodeDecodeError):
                raise _not_signed_in("The Authorization header cannot be read.") from None
            return pair.partition(":")[2]
        case _:
            raise _not_signed_in("Use `Authorization: Bearer`, or Basic with a token as password.")


async def viewer_of(
    connection: HTTPConnection, sessions: Sessions, origin: Origin, *, secure: bool
) -> tuple[Viewer | None, Credential | None]:
    """Who sent this request, and by what.

    A token that opens nothing is refused (401); a cookie that does is what an old session leaves
    in a browser, and counts as nobody. A cookie from another site is refused (403).
    """
    given = sessions.credential(connection, secure=secure)
    if given is None:
        return None, None
    if given.by_cookie:
        origin.must_be_ours()
    viewer = await sessions.viewer(given.token)
    if viewer is None and not given.by_cookie:
        raise _not_signed_in("The token is not valid (any more).")
    return viewer, given


def _not_signed_in(message: str) -> Exception:
    return refusal(
        401, Code.UNAUTHENTICATED, message, www_authenticate='Bearer realm="openpractice"'
    )


def _key(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
