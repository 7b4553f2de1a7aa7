"""The firm in which all of it happens: its people with their keys, and what they know of it."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from models.clients import Client, ClientRole
from models.contacts import Contact
from models.events import EventKind
from models.portal_sign_in import PortalSession
from models.rates import Rate
from models.sign_in import Session
from models.templates import Template
from models.unit_of_work import unit_of_work
from schema import ids
from tests.cast import House, one_firm

PEOPLE = ("ada", "ben", "cleo", "dan", "eve", "finn")
CONTACTS = ("kit", "mia")
SEES_ALL = "ada"
SIGHT_STAYS = ("ada", "mia")
"""Whom nobody shows more or less of anything."""
KNOW_THE_SAFE = ("ada", "ben")
"""Who sees the client that stays restricted; its work must never come to anybody else."""


@dataclass
class Stage:
    """Ids as the API writes them. `known` grows with what people make, by kinds."""

    house: House
    keys: dict[str, str]
    safe: UUID
    contacts: dict[str, str]
    known: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def id(self, prefix: str, name: str) -> str:
        """What the cast calls by that name."""
        found = getattr(self.house, name)
        return ids.written(prefix, found if isinstance(found, UUID) else found.id)

    def member(self, name: str) -> str:
        return self.id("member", name)

    def one(self, kind: str, chance: random.Random) -> str | None:
        """One of that kind, if there is any."""
        return chance.choice(self.known[kind]) if self.known[kind] else None


async def set_up() -> Stage:
    """Found it in the process's own database."""
    house = await one_firm()
    safe = await _safe(house)
    contacts = {
        "kit": await _contact(house, "Kit", house.bakery, house.mill),
        "mia": await _contact(house, "Mia", house.mill),
    }
    await _prices(house)
    stage = Stage(
        house, await _keys(house, contacts), safe,
        {name: ids.written("contact", id) for name, id in contacts.items()},
    )  # fmt: skip
    jobs = ("books", "year_end", "secret")
    tasks = ("gather", "post", "reconcile", "draft", "seal", "ring")
    stage.known["job"] = [stage.id("job", name) for name in jobs]
    stage.known["task"] = [stage.id("task", name) for name in tasks]
    stage.known["client"] = [stage.id("client", name) for name in ("bakery", "mill", "vault")]
    stage.known["client"].append(ids.written("client", safe))
    stage.known["template"] = [ids.written("template", await _template(house))]
    return stage


async def _safe(house: House) -> UUID:
    async with unit_of_work(house.ada):
        safe = await Client.add(name="The Safe", restricted=True)
        await ClientRole.record_all(EventKind.CLIENT_ROLE_ASSIGNED, [{
            "client_id": safe.id, "member_id": house.ben.id, "role": "partner",
            "from_date": date(2024, 1, 1),
        }])  # fmt: skip
    return safe.id


async def _contact(house: House, name: str, *clients: UUID) -> UUID:
    async with unit_of_work(house.ada):
        contact = await Contact.add(name=name, email=f"{name.lower()}@post.example")
        for id in clients:
            client = await Client.load(id)
            await contact.link(client, "director")
            await contact.open_portal(client)
    return contact.id


async def _prices(house: House) -> None:
    async with unit_of_work(house.ada):
        for client in (house.bakery, house.mill):
            await Rate.set(
                client_id=client, from_date=date(2020, 1, 1), hourly=Decimal(90), currency="GBP"
            )


async def _template(house: House) -> UUID:
    async with unit_of_work(house.ada):
        template = await Template.design(
            name="Monthly", service_id=house.bookkeeping, step_list=[{"title": "Collect"}]
        )
        await template.publish()
    return template.id


async def _keys(house: House, contacts: dict[str, UUID]) -> dict[str, str]:
    keys = {}
    for name in PEOPLE:
        person = getattr(house, name)
        async with unit_of_work(person):
            _, keys[name] = await Session.open(person.id)
    for name, id in contacts.items():
        async with unit_of_work(house.system):
            _, keys[name] = await PortalSession.open(id)
    return keys
