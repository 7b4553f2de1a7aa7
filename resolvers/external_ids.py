"""How other systems call clients and jobs."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from models.base import FirmModel
from models.clients import Client
from models.errors import ValidationError
from models.external_ids import ExternalId, taken
from models.jobs import Job
from models.permissions import Permission
from models.unit_of_work import Row, current
from models.visibility import visible
from resolvers.filters import Where
from resolvers.reading import grouped


async def of_clients(parents: Sequence[Row]) -> list[list[Row]]:
    return await _of(Client, parents)


async def of_jobs(parents: Sequence[Row]) -> list[list[Row]]:
    return await _of(Job, parents)


async def _of(model: type[FirmModel], parents: Sequence[Row]) -> list[list[Row]]:
    unit, ids = current(), [row["id"] for row in parents]
    rows = await unit.fetch(
        "select t.entity_id as parent, t.system, t.key from external_id t"
        f" where t.entity_id = any($1) and t.entity = $2 and {visible(ExternalId, unit.viewer)}"
        " order by t.system, t.key", ids, model.table(),
    )  # fmt: skip
    return grouped(ids, rows)


def narrow(where: Where, model: type[FirmModel], asked: Mapping[str, str] | None) -> None:
    """Only the row `t` of that model which has this id there."""
    if asked is not None:
        where.add(
            f"t.id = (select e.entity_id from external_id e where e.entity = '{model.table()}'"
            " and e.system = {} and e.key = {})", asked["system"].strip(), asked["key"].strip(),
        )  # fmt: skip


async def client_known_as(system: str, key: str) -> Client | None:
    """The client that this system calls so, locked. Raises Conflict for one that is hidden."""
    known = await ExternalId.known("client", system.strip(), key.strip())
    if known is None:
        return None
    client = await Client.find(known.entity_id, lock=True)
    if client is None:
        raise taken(system, ("externalId",))
    return client


async def give(*, system: str, key: str, client_id: UUID | None = None,
               job_id: UUID | None = None) -> dict[str, Any]:  # fmt: skip
    thing = await _thing(client_id, job_id)
    await ExternalId.give(thing, system, key)
    return {thing.table(): thing}


async def take_away(*, system: str, key: str, client_id: UUID | None = None,
                    job_id: UUID | None = None) -> dict[str, Any]:  # fmt: skip
    thing = await _thing(client_id, job_id)
    await ExternalId.take_away(thing, system, key)
    return {thing.table(): thing}


async def _thing(client_id: UUID | None, job_id: UUID | None) -> Client | Job:
    if (client_id is None) == (job_id is None):
        raise ValidationError("Say which client or which job, exactly one.", path=("clientId",))
    if client_id is not None:
        return await Client.load(client_id, path=("clientId",))
    current().viewer.must(Permission.EDIT_WORK)
    assert job_id is not None
    return await Job.load(job_id, path=("jobId",))
