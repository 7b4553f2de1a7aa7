"""Which of our things a name or row of another product is: kept, so that importing twice finds it.

Keys made of names are hashed: the event stream shows an external id to everybody in the firm, and
a restricted client's name is not for everybody.
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from models.events import EventKind
from models.external_ids import ExternalId
from models.unit_of_work import current


def key_of(*names: str) -> str:
    """The key of a thing that is told by names alone."""
    return hashlib.sha256("\x1f".join(names).encode()).hexdigest()


@dataclass(slots=True)
class ExternalIds:
    """One other system's ids of our things."""

    system: str
    _known: dict[tuple[str, str], ExternalId] = field(default_factory=dict)
    _things: dict[str, set[UUID]] = field(default_factory=lambda: defaultdict(set))

    async def load(self, entities: Sequence[str]) -> None:
        """Read all that is known of these kinds of thing."""
        rows = await current().fetch(
            "select * from external_id where system = $1 and entity = any($2)",
            self.system,
            list(entities),
        )
        for row in rows:
            self._note(ExternalId.from_row(row))

    def get(self, entity: str, key: str) -> UUID | None:
        """What was loaded or kept under this key."""
        known = self._known.get((entity, key))
        return known.entity_id if known else None

    def has(self, entity: str, entity_id: UUID) -> bool:
        """Whether this thing of ours has a key in the other system."""
        return entity_id in self._things[entity]

    async def present(self, entity: str, keys: Sequence[str]) -> set[str]:
        """Which of the keys are taken, asked of the database."""
        rows = await current().fetch(
            "select key from external_id where system = $1 and entity = $2 and key = any($3)",
            self.system,
            entity,
            list(keys),
        )
        return {row["key"] for row in rows}

    async def keep(self, entity: str, key: str, entity_id: UUID, client_id: UUID | None) -> None:
        """Remember from now on what this key stands for; a thing that is gone is replaced."""
        known = self._known.get((entity, key))
        if known is not None:
            now = {"entity_id": entity_id, "client_id": client_id}
            self._note(await known.record(EventKind.EXTERNAL_ID_KEPT, **now))
            return
        (made,) = await self.keep_all(entity, [(key, entity_id, client_id)])
        self._note(made)

    async def keep_all(
        self, entity: str, known: Sequence[tuple[str, UUID, UUID | None]]
    ) -> list[ExternalId]:
        """Remember many new keys at once: each with its thing, and the client that belongs to."""
        return await ExternalId.record_all(
            EventKind.EXTERNAL_ID_KEPT,
            [
                {
                    "system": self.system, "entity": entity, "key": key,
                    "entity_id": entity_id, "client_id": client_id,
                }
                for key, entity_id, client_id in known
            ],
        )  # fmt: skip

    def _note(self, known: ExternalId) -> None:
        self._known[known.entity, known.key] = known
        self._things[known.entity].add(known.entity_id)
