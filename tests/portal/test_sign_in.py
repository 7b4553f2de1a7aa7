"""Coming into the portal over the wire: by a mailed link, once, and by nothing else."""

import re
from uuid import UUID

import pytest

from models.clients import Client
from models.contacts import Contact
from models.unit_of_work import unit_of_work
from tests.cast import Cast, House, two_firms
from tests.guests import come_in, invited, mailed, secret_in
from tests.portal.visiting import REDEEM, REQUEST, SIGN_OUT, Portal
from tests.server.talking import closed, enter, hear, say, subscribe

TAKEN: dict[str, object] = {"requestSignInLink": {"errors": []}}
REFUSED = ["LINK_REFUSED"]


@pytest.fixture
async def cast(portal: Portal) -> Cast:
    """Two new firms in the portal's own database."""
    return await two_firms()


def address(house: House) -> str:
    """One that no other test knows."""
    return f"kit-{house.id.hex}@bakery.example"


async def test_a_contact_asks_for_a_link_follows_it_and_is_in_until_they_sign_out(
    portal: Portal, cast: Cast
) -> None:
    house, kit, browser = cast.harbour, address(cast.harbour), portal.browser()
    await invited(house, house.mill, house.bakery, email=kit)

    assert await browser.ask(REQUEST, email=kit.upper()) == TAKEN
    letter = (await portal.letters(kit))[0]
    assert await browser.viewer() is None
    assert await browser.redeem(secret_in(letter)) == []

    assert await browser.viewer() == {
        "contact": {"name": "Kit", "email": kit},
        "firm": {"name": "Harbour Accountants"},
        "clients": [{"name": "The Bakery"}, {"name": "The Mill"}],
    }
    await browser.ask(SIGN_OUT)
    assert await browser.viewer() is None


async def test_known_and_unknown_addresses_are_answered_alike_before_anybody_looks(
    portal: Portal, cast: Cast
) -> None:
    known, unknown = address(cast.harbour), address(cast.alpine)
    kit = await invited(cast.harbour, cast.harbour.bakery, email=known)
    before, answers = len(await portal.letters(known)), []
    async with unit_of_work(cast.harbour.ada):
        await Contact.load(kit)  # and lock: no link can be written, but the answer is given
        for email in (known, unknown):
            response = await portal.browser().post(REQUEST, email=email)
            answers.append((response.status_code, response.text, sorted(response.headers)))
        assert sum(letter.to == known for letter in portal.inbox.letters) == before
    assert answers[0] == answers[1]
    assert len(await portal.letters(known)) == before + 1
    assert await portal.letters(unknown) == []


async def test_asking_too_often_is_refused_for_known_and_unknown_addresses_alike(
    portal: Portal, cast: Cast
) -> None:
    known, unknown = address(cast.harbour), address(cast.alpine)
    await invited(cast.harbour, cast.harbour.bakery, email=known)
    statuses = {}
    for email in (known, unknown):
        browser = portal.browser()
        statuses[email] = [(await browser.post(REQUEST, email=email)).status_code
                           for _ in range(11)]  # fmt: skip
    assert statuses[known] == statuses[unknown] == [200] * 10 + [429]
    links = [letter for letter in await portal.letters(known) if "#" in letter.text]
    assert len(links) == 5, "and no mailbox is flooded"


async def test_what_is_no_address_is_told_so(portal: Portal) -> None:
    answer = await portal.browser().ask(REQUEST, email="kit@")
    assert answer["requestSignInLink"]["errors"] == [{"code": "INVALID"}]


async def test_a_person_of_two_firms_gets_a_letter_of_each_and_comes_into_each(
    portal: Portal, cast: Cast
) -> None:
    kit = address(cast.harbour)
    for house in (cast.harbour, cast.alpine):
        await invited(house, house.bakery, email=kit)
    await portal.browser().ask(REQUEST, email=kit)
    links = [letter for letter in await portal.letters(kit) if "#" in letter.text]
    assert {letter.sender for letter in links} == {"Harbour Accountants", "Alpine Treuhand"}
    for letter in links:
        browser = portal.browser()
        await browser.redeem(secret_in(letter))
        assert (await browser.viewer())["firm"] == {"name": letter.sender}


async def test_a_link_that_was_forwarded_lets_in_whoever_comes_first_and_nobody_after(
    portal: Portal, cast: Cast
) -> None:
    house, mine, theirs = cast.harbour, portal.browser(), portal.browser()
    token = await mailed(house, await invited(house, house.bakery, email=address(house)))

    assert await mine.redeem(token) == []
    assert await theirs.redeem(token) == REFUSED
    assert await mine.redeem(token) == REFUSED

    assert await theirs.viewer() is None
    assert (await mine.viewer())["contact"]["name"] == "Kit"


async def test_whoever_only_looks_at_a_link_does_not_use_it_up(portal: Portal, cast: Cast) -> None:
    house, browser = cast.harbour, portal.browser()
    token = await mailed(house, await invited(house, house.bakery, email=address(house)))
    asked = f'mutation {{ redeemSignInLink(input: {{ token: "{token}" }}) {{ token }} }}'

    for method in ("GET", "HEAD"):
        assert (await browser.http.request(method, f"/portal/sign-in#{token}")).status_code == 200
    fetched = await browser.http.get("/portal/graphql", params={"query": asked})

    assert (fetched.status_code, fetched.headers["allow"]) == (405, "POST")
    assert await browser.redeem(token) == []


async def test_a_link_that_never_was_is_refused_like_one_that_is_over(portal: Portal) -> None:
    for token in ("", "x", "op_link_" + "a" * 43, "op_link_" + "ü" * 300, "op_live_" + "a" * 43):
        assert await portal.browser().redeem(token) == REFUSED


async def test_the_cookie_is_the_portals_own_and_only_our_own_pages_are_given_one(
    portal: Portal, cast: Cast
) -> None:
    house = cast.harbour
    kit = await invited(house, house.bakery, email=address(house))
    page, foreign = portal.browser(), portal.browser()
    foreign.http.headers["origin"] = "https://evil.example"

    given = await page.post(REDEEM, token=await mailed(house, kit))
    kept = await foreign.post(REDEEM, token=await mailed(house, kit))

    assert re.fullmatch(
        r"openpractice-portal=op_portal_[\w-]{43}; Path=/; HttpOnly; SameSite=Lax; Max-Age=604800",
        given.headers["set-cookie"],
    )
    assert "set-cookie" not in kept.headers


async def test_what_opens_one_door_opens_the_other_neither_by_http_nor_by_socket(
    portal: Portal, cast: Cast
) -> None:
    house = cast.harbour
    contact = await come_in(house, await invited(house, house.bakery, email=address(house)))
    member = await portal.site.key_of(house.ada)
    for path, good, bad in (
        ("/portal/graphql", contact, member),
        ("/graphql", member, contact),
    ):
        for token, status in ((good, 200), (bad, 401)):
            headers = {"authorization": f"Bearer {token}"}
            answer = await portal.site.http.post(
                path, json={"query": "{ serverTime }"}, headers=headers
            )
            assert answer.status_code == status, path
        async with portal.connect(path) as socket:
            await enter(socket, good)
        async with portal.connect(path) as socket:
            await say(socket, type="connection_init", payload={"token": bad})
            assert await closed(socket) == 4403


async def test_each_cookie_is_read_at_its_own_door_alone(portal: Portal, cast: Cast) -> None:
    house, browser = cast.harbour, portal.browser()
    await browser.redeem(
        await mailed(house, await invited(house, house.bakery, email=address(house)))
    )
    asked = await browser.http.post("/graphql", json={"query": "{ viewer { permissions } }"})
    assert asked.json()["data"] == {"viewer": None}
    assert (await browser.http.get("/portal")).status_code == 200
    assert (await browser.http.get("/board")).headers["location"].startswith("/sign-in")


async def test_with_the_access_goes_the_session_at_once_and_its_socket(
    portal: Portal, cast: Cast
) -> None:
    house, kit, browser = cast.harbour, address(cast.harbour), portal.browser()
    contact_id = await invited(house, house.bakery, house.mill, email=kit)
    await browser.redeem(await mailed(house, contact_id))
    async with (
        portal.connect("/portal/graphql") as socket,
        portal.site.socket(house.ada) as board,
    ):
        await enter(socket, await come_in(house, contact_id))
        await subscribe(board, "1", "subscription { changes { __typename } }")
        await hear(board)

        await withdraw(house, contact_id, house.bakery)
        viewer = await browser.viewer()
        assert viewer["clients"] == [{"name": "The Mill"}]
        await withdraw(house, contact_id, house.mill)

        assert await browser.viewer() is None
        assert await closed(socket) == 4403
    before = await portal.letters(kit)
    await browser.ask(REQUEST, email=kit)
    assert await portal.letters(kit) == before


async def withdraw(house: House, contact_id: UUID, client_id: UUID) -> None:
    async with unit_of_work(house.dan):
        await (await Contact.load(contact_id)).close_portal(client_id)


async def test_staff_invite_over_graphql_and_the_letter_is_shown_in_development(
    portal: Portal, cast: Cast
) -> None:
    house, kit = cast.harbour, address(cast.harbour)
    contact_id = await invited(house, email=kit)
    async with unit_of_work(house.dan):
        await (await Contact.load(contact_id)).link(await Client.load(house.bakery), "director")
    given = {"contactId": f"contact_{contact_id.hex}", "clientId": f"client_{house.bakery.hex}"}

    invite = await portal.site.ask(house.dan, INVITE, input=given)
    page = (await portal.site.http.get("/dev/mail")).text
    withdrawal = await portal.site.ask(house.dan, WITHDRAW, input=given)

    now = [{"client": {"name": "The Bakery"}}]
    assert invite["inviteToPortal"] == {"contact": {"portalAccess": now}, "errors": []}
    assert f"From Harbour Accountants to {kit}" in page
    assert withdrawal["withdrawFromPortal"] == {"contact": {"portalAccess": []}, "errors": []}


_ANSWER = "{ contact { portalAccess { client { name } } } errors { code } }"
INVITE = f"mutation($input: InviteToPortalInput!) {{ inviteToPortal(input: $input) {_ANSWER} }}"
WITHDRAW = (
    f"mutation($input: WithdrawFromPortalInput!) {{ withdrawFromPortal(input: $input) {_ANSWER} }}"
)
