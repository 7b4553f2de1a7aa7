"""What a contact sees in the portal. The portal's role sees no other rows: no filter can be
forgotten here, and no column but those named has been granted to it."""

from collections.abc import Sequence
from typing import Any

from models.unit_of_work import Row, current
from models.viewer import Viewer

MOST_CLIENTS = 250


def described(viewer: Viewer | None) -> dict[str, Any] | None:
    return None if viewer is None else {"id": viewer.contact_id}


async def contact(viewers: Sequence[Row]) -> list[Row | None]:
    return [await current().fetchrow("select id, name, email from contact")] * len(viewers)


async def firm(viewers: Sequence[Row]) -> list[Row | None]:
    return [await current().fetchrow("select id, name from firm")] * len(viewers)


async def clients(viewers: Sequence[Row]) -> list[list[Row]]:
    rows = await current().fetch(
        f"select id, name from client order by lower(name), id limit {MOST_CLIENTS}"
    )
    return [rows] * len(viewers)
