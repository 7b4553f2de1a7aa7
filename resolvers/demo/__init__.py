"""Two demo firms, made by the same verbs that people use; dated relative to today.

A demo firm is there once its people can sign in, which is the last thing made: one that was cut
off half-way has no logins, is nobody's, and the next start makes another.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from models.clients import firm_today
from models.connection import before_any_firm
from models.contacts import Contact
from models.members import Member
from models.unit_of_work import reading, unit_of_work
from models.viewer import Viewer
from resolvers.demo.ashworth import ASHWORTH
from resolvers.demo.founding import address_of
from resolvers.demo.making import PASSWORD, make_firm
from resolvers.demo.papers import Send
from resolvers.demo.plans import FirmPlan
from resolvers.demo.tavares import TAVARES

FIRMS = (ASHWORTH, TAVARES)

Progress = Callable[[int, int], None]


async def make(
    progress: Progress, plans: Sequence[FirmPlan] = FIRMS, *, send: Send | None = None
) -> None:
    """Make the demo firms that are not there yet, side by side; with papers where `send` brings
    files to the store."""
    total = sum(plan.size for plan in plans)
    done = dict.fromkeys(plans, 0)

    def advance(plan: FirmPlan, step: int) -> None:
        done[plan] = step
        progress(sum(done.values()), total)

    async def make_one(plan: FirmPlan) -> None:
        if await _firm_of(plan) is None:
            await make_firm(uuid7(), plan, partial(advance, plan), send=send)
        advance(plan, plan.size)

    makers = [asyncio.create_task(make_one(plan)) for plan in plans]
    try:
        await asyncio.gather(*makers)
    finally:  # where one fails, the other does not go on behind everybody's back
        for maker in makers:
            maker.cancel()
        await asyncio.gather(*makers, return_exceptions=True)


async def are_there() -> bool:
    """Whether the people of every demo firm can sign in."""
    return all([await _firm_of(plan) is not None for plan in FIRMS])


async def refresh(
    progress: Progress, plans: Sequence[FirmPlan] = FIRMS, *, send: Send | None = None
) -> None:
    """Make them anew, dated relative to today; the people of the old ones leave them."""
    for plan in plans:
        firm_id = await _firm_of(plan)
        if firm_id is not None:
            await _retire(firm_id)
    await make(progress, plans, send=send)


async def people() -> list[dict[str, Any]]:
    """Who can sign in to the demo firms, and with what."""
    found: list[dict[str, Any]] = []
    for plan in FIRMS:
        firm_id = await _firm_of(plan)
        if firm_id is not None:
            found += [{"firm": plan.name, **person} for person in await _people_of(firm_id)]
    return found


async def contacts() -> list[dict[str, Any]]:
    """Whose clients' contacts may look into the portal of the demo firms."""
    found: list[dict[str, Any]] = []
    for plan in FIRMS:
        firm_id = await _firm_of(plan)
        if firm_id is not None:
            found += [{"firm": plan.name, **one} for one in await _contacts_of(firm_id)]
    return found


async def _firm_of(plan: FirmPlan) -> UUID | None:
    """The firm that its first member can sign in to now."""
    async with before_any_firm() as connection:
        rows = await connection.fetch(
            "select firm_id from find_sign_in($1) where firm_name = $2",
            address_of(plan, plan.people[0]), plan.name,
        )  # fmt: skip
    return rows[0]["firm_id"] if rows else None


async def _retire(firm_id: UUID) -> None:
    async with unit_of_work(Viewer.system(firm_id, "demo")) as unit:
        yesterday = await firm_today() - timedelta(days=1)
        for row in await unit.fetch("select id from member where leave_date is null"):
            await (await Member.load(row["id"])).leave(yesterday)
        for row in await unit.fetch(
            "select contact_id, client_id from portal_access where withdrawn_at is null"
        ):
            await (await Contact.load(row["contact_id"])).close_portal(row["client_id"])


async def _people_of(firm_id: UUID) -> list[dict[str, Any]]:
    async with reading(Viewer.system(firm_id, "demo")) as unit:
        rows = await unit.fetch(
            "select name, email, role from member where leave_date is null"
            " or leave_date >= current_date order by id"
        )
    return [{**dict(row), "password": PASSWORD} for row in rows]


async def _contacts_of(firm_id: UUID) -> list[dict[str, Any]]:
    async with reading(Viewer.system(firm_id, "demo")) as unit:
        rows = await unit.fetch(
            "select c.name, c.email from contact c where exists (select from portal_access a"
            " where a.contact_id = c.id and a.withdrawn_at is null) order by c.id"
        )
    return [dict(row) for row in rows]
