"""Clients by the names another product knows them under."""

from collections.abc import Iterable
from uuid import UUID

from models.clients import Client
from models.unit_of_work import current
from models.visibility import visible
from resolvers.imports.columns import same_name
from resolvers.imports.refusals import RowRefused
from resolvers.imports.work.naming import Naming, key_of_names


class Clients:
    """Each client's name, once."""

    def __init__(self, naming: Naming) -> None:
        self.naming = naming
        self._known: dict[str, UUID | None] = {}
        self._ambiguous: dict[str, str] = {}
        self._made: set[str] = set()

    async def look_up(self, names: Iterable[str]) -> None:
        """Find the clients by these names, before anything is made."""
        for name in names:
            known = self.naming.ids.get("client", key_of_names(name))
            if known and await Client.find(known):
                self._known[same_name(name)] = known
                continue
            found = await clients_called(name)
            if len(found) > 1:
                self._ambiguous[same_name(name)] = (
                    f"{len(found)} clients here are called “{name}”; rename one, or map the name"
                )
            self._known[same_name(name)] = found[0] if found else None

    def must_be_clear(self, name: str) -> None:
        """Raise RowRefused when more than one client has this name."""
        if reason := self._ambiguous.get(same_name(name)):
            raise RowRefused(reason)

    async def id_of(self, name: str) -> UUID | None:
        """The client's id; an unknown client is made, or would be."""
        key = same_name(name)
        client_id = self._known.get(key)
        if client_id is None and key not in self._made:
            self._made.add(key)
            self.naming.made["clients"].append(name)
            if self.naming.writing:
                client_id = self._known[key] = (await Client.add(name=name)).id
        if client_id is not None:
            await self.naming.remember("client", key_of_names(name), client_id, client_id)
        return client_id


async def clients_called(name: str) -> list[UUID]:
    """The clients of this name that the viewer may see, the oldest first."""
    unit = current()
    rows = await unit.fetch(
        "select t.id from client t where lower(t.name) = lower($1)"
        f" and {visible(Client, unit.viewer)} order by t.id limit 10",
        name,
    )
    return [row["id"] for row in rows]
