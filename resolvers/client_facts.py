"""What is known of a client beside its name."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from models.base import FirmModel
from models.client_facts import (
    ClientAddress,
    ClientFact,
    ClientKeyDate,
    ClientTaxId,
    masked,
    next_on,
)
from models.clients import Client, firm_today
from models.permissions import Permission
from models.unit_of_work import Row, current


async def numbers(parents: Sequence[Row]) -> list[str]:
    """The tax ids as far as the viewer may read them."""
    if current().viewer.may(Permission.READ_TAX_IDS):
        return [row["number"] for row in parents]
    return [masked(row["number"]) for row in parents]


async def next_dates(parents: Sequence[Row]) -> list[date | None]:
    today = await firm_today()
    return [next_on(row["month"], row["day"], row["date"], today) for row in parents]


async def set_tax_id(*, client_id: UUID, kind: str, number: str) -> dict[str, FirmModel]:
    client = await _client(client_id)
    return {"tax_id": await ClientTaxId.set(client, kind=kind, number=number), "client": client}


async def set_address(*, client_id: UUID, **parts: Any) -> dict[str, FirmModel]:
    client = await _client(client_id)
    return {"address": await ClientAddress.set(client, **parts), "client": client}


async def set_key_date(*, client_id: UUID, **said: Any) -> dict[str, FirmModel]:
    client = await _client(client_id)
    return {"key_date": await ClientKeyDate.set(client, **said), "client": client}


async def remove_tax_id(*, id: UUID) -> dict[str, FirmModel]:
    return await _remove(await ClientTaxId.load(id))


async def remove_address(*, id: UUID) -> dict[str, FirmModel]:
    return await _remove(await ClientAddress.load(id))


async def remove_key_date(*, id: UUID) -> dict[str, FirmModel]:
    return await _remove(await ClientKeyDate.load(id))


async def _remove(fact: ClientFact) -> dict[str, FirmModel]:
    await fact.remove()
    return {"client": await Client.load(fact.client_id, lock=False)}


async def _client(client_id: UUID) -> Client:
    return await Client.load(client_id, path=("clientId",))
