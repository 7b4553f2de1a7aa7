import asyncio
import time
import pytest
from playwright.async_api import expect
from tests.journeys.desk import Desk, look
from tests.journeys.test_blocked_sockets import Proxy
pytestmark = pytest.mark.browser

async def test_turns(helen: Desk, priya: Desk) -> None:
    proxy = Proxy(helen)
    await helen.page.route_web_socket("**/graphql", proxy.handshake)
    await helen.page.add_init_script("""
      window.seen = [];
      addEventListener('DOMContentLoaded', () => new MutationObserver(() => {
        const c = document.querySelector('.connection')?.dataset.line
        if (c !== seen.at(-1)?.[1]) seen.push([Math.round(performance.now()), c])
      }).observe(document, {subtree: true, childList: true, attributes: true}))""")
    await look(helen, priya)
    await priya.new_job("In turns", "Step one")
    await helen.stands_in("In turns", "PLANNED")
    await helen.card("In turns").locator(".card-open").click()
    await expect(helen.page.locator(".drawer .step-title")).to_have_text(["Step one"])
    for n in range(4):
        await asyncio.sleep(6)
        add = priya.page
        await priya.ask("mutation ($i: CreateTaskInput!) { createTask(input: $i) { errors { message } } }", i={"title": f"Step {n}", "jobId": (await priya.ask('{ jobs(first: 1, filter: {text: "In turns"}) { nodes { id } } }'))["jobs"]["nodes"][0]["id"]})
        t = time.monotonic()
        await expect(helen.page.locator(".drawer .step-title")).to_have_count(2 + n)
        print("SEEN", n, time.monotonic() - t, proxy.streams)
    print("LINE", await helen.page.evaluate("seen"), await helen.page.evaluate("performance.getEntriesByType('navigation')[0].nextHopProtocol"))
