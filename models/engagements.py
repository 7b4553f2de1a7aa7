"""Engagements (law: matters): what a client has agreed to."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, Self
from uuid import UUID

from tortoise import fields

from models.base import FirmModel, belongs_to
from models.clients import Client, firm_today
from models.errors import ValidationError
from models.events import EventKind
from models.visibility import Sight
from models.workflows import Service


class Engagement(FirmModel):
    """An agreement with one client over services, from a date to a date."""

    thing: ClassVar[str] = "engagement"
    sight: ClassVar[Sight] = Sight.OF_CLIENT

    client = belongs_to("Client")
    client_id: UUID
    name = fields.CharField(200)
    start_date: date = fields.DateField()
    end_date: date | None = fields.DateField(null=True)

    class Meta:
        table = "engagement"

    @classmethod
    async def start(cls, *, client_id: UUID, name: str, start_date: date | None = None,
                    service_ids: Sequence[UUID] = (), id: UUID | None = None) -> Self:  # fmt: skip
        await Client.must_exist(client_id, "clientId")
        for service_id in service_ids:
            await Service.must_exist(service_id, "serviceIds")
        given: dict[str, Any] = {"client_id": client_id, "name": name}
        if start_date is not None:
            given["start_date"] = start_date
        made = await cls.create(
            EventKind.ENGAGEMENT_STARTED, id=id, given=given,
            derived={"start_date": await firm_today()},
        )  # fmt: skip
        if made.is_new:
            await EngagementService.record_all(EventKind.ENGAGEMENT_SERVICE_ADDED, [
                {"engagement_id": made.id, "service_id": service_id}
                for service_id in dict.fromkeys(service_ids)
            ])  # fmt: skip
        return made

    @classmethod
    async def must_be_of(cls, client_id: UUID, id: UUID | None) -> None:
        """Raise NotFound, or ValidationError where it is another client's; None is nobody's."""
        await cls.must_each_be_of([(client_id, id)])

    @classmethod
    async def must_each_be_of(cls, pairs: Sequence[tuple[UUID, UUID | None]]) -> None:
        """The same for several clients, each with an engagement."""
        found = await cls.load_all((id for _, id in pairs), path=("engagementId",))
        if any(id is not None and found[id].client_id != client_id for client_id, id in pairs):
            raise ValidationError("That engagement is another client's.", path=("engagementId",))

    async def end(self, last: date) -> Self:
        """Its last day; what ends with it, `models.ending` says. Raises ValidationError."""
        if last < self.start_date:
            raise ValidationError("It cannot end before it began.", path=("endDate",))
        return await self.record(EventKind.ENGAGEMENT_ENDED, end_date=last)


class EngagementService(FirmModel):
    """One service that an engagement covers."""

    thing: ClassVar[str] = "engagement service"

    engagement = belongs_to("Engagement")
    engagement_id: UUID
    service = belongs_to("Service")
    service_id: UUID

    class Meta:
        table = "engagement_service"
