"""How other systems name our things: importing twice finds what the first run made."""

from typing import ClassVar
from uuid import UUID

from tortoise import fields

from models.base import FirmModel, belongs_to
from models.visibility import Sight


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
