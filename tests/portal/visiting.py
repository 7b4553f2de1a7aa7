"""People before the portal's door: what their browsers ask, and the letters they are sent."""

from dataclasses import dataclass, field
from typing import Any

import httpx
import websockets
from websockets.typing import Subprotocol

from models.database import database
from models.mail import Letter
from resolvers.afterwards import settled
from server.mail import Inbox
from tests.server.outside import Outside

REQUEST = (
    "mutation($email: String!) { requestSignInLink(input: { email: $email }) { errors { code } } }"
)
REDEEM = (
    "mutation($token: String!)"
    " { redeemSignInLink(input: { token: $token }) { token errors { code } } }"
)
SIGN_OUT = "mutation { signOut { errors { code } } }"
VIEWER = "{ viewer { contact { name email } firm { name } clients { name } } }"


@dataclass
class Browser:
    """One browser on our own pages: it keeps the cookies that it is given."""

    http: httpx.AsyncClient

    async def post(self, query: str, **variables: Any) -> httpx.Response:
        return await self.http.post(
            "/portal/graphql", json={"query": query, "variables": variables}
        )

    async def ask(self, query: str, **variables: Any) -> Any:
        """The data of what must be answered."""
        answer = (await self.post(query, **variables)).json()
        assert "errors" not in answer, answer
        return answer["data"]

    async def redeem(self, token: str) -> list[str]:
        """Follow a link and press its button: the codes of what stood against it."""
        answer = (await self.ask(REDEEM, token=token))["redeemSignInLink"]
        assert (answer["token"] is None) is bool(answer["errors"])
        return [error["code"] for error in answer["errors"]]

    async def viewer(self) -> Any:
        return (await self.ask(VIEWER))["viewer"]


@dataclass
class Portal:
    """The portal as somebody outside meets it."""

    site: Outside
    inbox: Inbox
    browsers: list[Browser] = field(default_factory=list)

    def browser(self) -> Browser:
        address = f"http://127.0.0.1:{self.site.port}"
        headers = {"origin": address, "x-openpractice": "1"}
        self.browsers.append(
            Browser(httpx.AsyncClient(base_url=address, headers=headers, timeout=30))
        )
        return self.browsers[-1]

    def connect(self, path: str) -> Any:
        return websockets.connect(
            f"ws://127.0.0.1:{self.site.port}{path}",
            subprotocols=[Subprotocol("graphql-transport-ws")],
        )

    async def letters(self, to: str) -> list[Letter]:
        """What was written to that address, the latest first, once all is written."""
        await settled()
        return [letter for letter in self.inbox.letters if letter.to == to]


def portal_at(site: Outside) -> Portal:
    inbox = database().mailer
    assert isinstance(inbox, Inbox)
    return Portal(site, inbox)
