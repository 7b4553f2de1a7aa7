"""How other systems name our things: who brings the same thing twice finds what the first made."""

from collections.abc import Sequence
from typing import ClassVar, Self
from uuid import UUID

from tortoise import fields

from models.base import FirmModel, belongs_to
from models.clients import Client
from models.errors import Conflict, ValidationError
from models.events import EventKind
from models.jobs import Job
from models.unit_of_work import current
from models.visibility import Sight

MOST_OF_ONE = 50


class ExternalId(FirmModel):
    """One thing's id in one other system; unique per firm, system and kind of thing.

    Who may not see the client that the thing belongs to does not hear of its names either.
    """

    thing: ClassVar[str] = "external id"
    sight: ClassVar[Sight] = Sight.OF_CLIENT
    client_id: UUID | None

    system = fields.CharField(60)
    entity = fields.CharField(60)
    key = fields.CharField(255)
    entity_id: UUID = fields.UUIDField()
    client = belongs_to("Client", null=True)

    class Meta:
        table = "external_id"

    @classmethod
    async def known(cls, entity: str, system: str, key: str) -> Self | None:
        """What has this id there, whoever may see it; until the unit ends nobody else gives it."""
        await current().execute(
            "select pg_advisory_xact_lock(hashtextextended(concat_ws('|', $1::text, $2::text,"
            " $3::text, $4::text), 0))", current().viewer.firm_id.hex, entity, system, key,
        )  # fmt: skip
        return await cls.held("entity = $1 and system = $2 and key = $3", entity, system, key)

    @classmethod
    async def give(
        cls, thing: Client | Job, system: str, key: str, path: Sequence[str] = ("key",)
    ) -> None:
        """Keep how that system calls the thing; saying it twice is saying it once.

        Raises Conflict where something else is called so, in the same words whether it may be
        seen or not.
        """
        system, key = system.strip(), key.strip()
        entity = thing.table()
        found = await cls.known(entity, system, key)
        if found is not None and found.entity_id != thing.id:
            raise taken(system, path)
        if found is not None:
            return
        if await cls._number_of(thing) >= MOST_OF_ONE:
            raise ValidationError(f"At most {MOST_OF_ONE} external ids each.", path=path)
        await cls.create(EventKind.EXTERNAL_ID_KEPT, given={
            "system": system, "entity": entity, "key": key, "entity_id": thing.id,
            "client_id": thing.id if isinstance(thing, Client) else thing.client_id,
        })  # fmt: skip

    @classmethod
    async def take_away(cls, thing: Client | Job, system: str, key: str) -> None:
        """That system calls it so no more; where it never did, nothing happens."""
        found = await cls.held("entity = $1 and system = $2 and key = $3 and entity_id = $4",
                               thing.table(), system.strip(), key.strip(), thing.id)  # fmt: skip
        if found is not None:
            await found.record_removal(EventKind.EXTERNAL_ID_REMOVED)

    @classmethod
    async def _number_of(cls, thing: Client | Job) -> int:
        number: int = await current().fetchval(
            "select count(*) from external_id where entity_id = $1", thing.id
        )
        return number


def taken(system: str, path: Sequence[str]) -> Conflict:
    """Unique in the firm: that something is called so is all that is said."""
    return Conflict(f"Something else has this id in {system} already: give another, or look"
                    " there which of the two is meant.", path=path, code="TAKEN")  # fmt: skip
