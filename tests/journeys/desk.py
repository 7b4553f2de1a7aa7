"""One person in front of the pages, and what their browser saw go wrong."""

import asyncio
import re
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import (
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    expect,
)

from tests.journeys.server_process import Site
from tests.journeys.windows import Windows

PASSWORD = "demo-practice-2go"
AXE = "node_modules/axe-core/axe.min.js"
# The browser itself writes this when a server is down; the page cannot keep it from doing so.
UNREACHABLE = re.compile(
    r"net::ERR_(CONNECTION|INTERNET|EMPTY|SOCKET|FAILED)|WebSocket connection to"
)

_AXE = "async () => (await axe.run(document, { resultTypes: ['violations'] })).violations"


@dataclass
class Desk:
    """A signed-in member's browser."""

    site: Site
    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def card(self, title: str) -> Locator:
        return self.page.locator(".board [data-card]", has_text=title)

    def column(self, key: str) -> Locator:
        return self.page.locator(f'.board [data-column="{key}"]')

    async def stands_in(self, title: str, key: str) -> None:
        """Waits until the card stands in that column, once, and nowhere else."""
        await expect(self.column(key).locator("[data-card]", has_text=title)).to_have_count(1)
        await expect(self.card(title)).to_have_count(1)

    async def is_live(self) -> None:
        await expect(self.page.locator(".connection")).to_have_attribute("data-line", "live")

    async def look(self, query: str = "") -> None:
        """Open the board at this address and wait until it lives."""
        await self.page.goto(f"{self.site.address}/board{query}")
        await expect(self.page.locator("#board")).to_have_attribute("aria-busy", "false")
        await self.is_live()

    async def open(self, address: str) -> None:
        """Open another page than the board and wait until it lives."""
        await self.page.goto(f"{self.site.address}{address}")
        await expect(self.page.locator("#room")).to_have_attribute("aria-busy", "false")
        await self.is_live()

    async def drag(self, title: str, key: str) -> None:
        """By mouse, to the top of a column."""
        await self.card(title).hover(position={"x": 60, "y": 20})  # once it has come to rest
        box = await self.card(title).bounding_box()
        there = await self.column(key).bounding_box()
        assert box is not None
        assert there is not None
        mouse = self.page.mouse
        await mouse.down()
        await mouse.move(box["x"] + 80, box["y"] + 30, steps=3)
        await mouse.move(there["x"] + 80, there["y"] + 90, steps=8)
        await mouse.up()

    async def ask(self, query: str, **variables: Any) -> Any:
        """One GraphQL request with this browser's cookies, whatever page it shows."""
        came = await self.context.request.post(
            f"{self.site.address}/graphql",
            data={"query": query, "variables": variables},
            headers={"origin": self.site.address, "x-openpractice": "1"},
        )
        answer = await came.json()
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    async def new_job(self, title: str, *steps: str) -> str:
        """A job of this person's own, due soon, that no other test touches."""
        found = await self.ask(
            """{ viewer { member { id teams { id } } }
                 clients(first: 1) { edges { node { id } } } serverTime }"""
        )
        member = found["viewer"]["member"]
        made = await self.ask(
            """mutation ($input: CreateJobInput!) { createJob(input: $input) {
                 job { id } errors { message } } }""",
            input={
                "clientId": found["clients"]["edges"][0]["node"]["id"],
                "title": title,
                "ownerId": member["id"],
                "teamId": member["teams"][0]["id"],
                "dueDate": found["serverTime"][:10],
                "steps": [{"title": step, "assigneeId": member["id"]} for step in steps],
            },
        )
        id: str = made["createJob"]["job"]["id"]
        return id

    async def serious_findings(self) -> list[str]:
        """What axe-core calls serious or critical on the page as it stands, once it shows what is
        so now: what it is just asking for anew is dimmed."""
        await expect(self.page.locator('[data-stale="true"]')).to_have_count(0)
        if not await self.page.evaluate("typeof axe !== 'undefined'"):
            await self.page.evaluate(await _axe())
        found = await self.page.evaluate(_AXE)
        return [
            f"{one['id']}: {one['help']} {[node['html'][:200] for node in one['nodes'][:3]]}"
            for one in found
            if one["impact"] in ("serious", "critical")
        ]


async def _axe() -> str:
    from server.settings import CHECKOUT

    return (CHECKOUT / AXE).read_text()


async def sit_down(windows: Windows, site: Site, email: str, **window: Any) -> Desk:
    """At a window, signed in: by the sign-in page, where no earlier session still holds."""
    window = {"viewport": {"width": 1920, "height": 1000}, "reduced_motion": "reduce", **window}
    context = await windows.open(email, **window)
    page = await context.new_page()
    desk = Desk(site, context, page)
    watch(desk)
    await context.add_cookies(site.sessions.get(email, []))
    if "/sign-in" in (await context.request.get(f"{site.address}/board")).url:
        await page.goto(f"{site.address}/sign-in")
        await page.get_by_label("E-mail").fill(email)
        await page.get_by_label("Password", exact=True).fill(PASSWORD)
        await page.get_by_role("button", name="Sign in").click()
        await page.wait_for_url("**/board")
        site.sessions[email] = await context.cookies()
    return desk


async def look(*desks: Desk) -> None:
    """All of them open the board, at the same time."""
    await asyncio.gather(*(desk.look() for desk in desks))


def watch(desk: Desk) -> None:
    def heard(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not UNREACHABLE.search(message.text):
            desk.complaints.append(f"{message.type}: {message.text}")

    def asked(request: Request) -> None:
        # The browser's own viewer of PDFs is an extension of it.
        ours = (desk.site.address, "data:", "blob:", "chrome-extension:", "chrome:")
        if not request.url.startswith(ours):
            desk.foreign.append(request.url)

    desk.page.on("console", heard)
    desk.page.on("pageerror", lambda error: desk.complaints.append(f"{error}\n{error.stack}"))
    desk.page.on("request", asked)
    desk.page.on(
        "websocket",
        lambda socket: asked_socket(desk, socket.url),
    )


def asked_socket(desk: Desk, url: str) -> None:
    if not url.startswith(desk.site.address.replace("http", "ws", 1)):
        desk.foreign.append(url)
