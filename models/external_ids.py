"""How other systems name our things: importing twice finds what the first run made."""

from typing import ClassVar
from uuid import UUID

from tortoise import fields

from models.base import FirmModel


class ExternalId(FirmModel):
    """One thing's id in one other system; unique per firm, system and kind of thing."""

    thing: ClassVar[str] = "external id"

    system = fields.CharField(60)
    entity = fields.CharField(60)
    key = fields.CharField(255)
    entity_id: UUID = fields.UUIDField()

    class Meta:
        table = "external_id"
