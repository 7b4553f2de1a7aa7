"""The verbs with which a demo firm is set up."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from models.clients import Client, ClientRelation, ClientRole
from models.contacts import ClientContact, Contact
from models.engagements import Engagement
from models.events import EventKind
from models.firms import Firm
from models.members import Capacity, Member, TimeOff
from models.sign_in import Credential, hashed
from models.teams import Team
from models.workflows import Service, Workflow


async def found_firm(**facts: Any) -> None:
    await Firm.found(**facts)


async def take_on_member(
    *, from_date: date, weekday_seconds: list[int], chargeable_target: str, **facts: Any
) -> None:
    """Somebody joins, with what they work on each weekday."""
    member = await Member.join(**facts)
    await Capacity.set(
        member, from_date=from_date, weekday_seconds=weekday_seconds,
        chargeable_target=chargeable_target,
    )  # fmt: skip


async def take_time_off(member_id: UUID, **facts: Any) -> None:
    await TimeOff.note(await Member.load(member_id), **facts)


async def form_team(id: UUID, name: str, member_ids: Sequence[UUID]) -> None:
    team = await Team.form(id=id, name=name)
    for member_id in member_ids:
        await team.add(await Member.load(member_id))


async def design_workflow(**facts: Any) -> None:
    await Workflow.design(**facts)


async def offer_service(**facts: Any) -> None:
    await Service.offer(**facts)


async def take_on_client(
    *, facts: Mapping[str, Any], roles: Sequence[Mapping[str, Any]],
    contacts: Sequence[Mapping[str, Any]], links: Sequence[Mapping[str, Any]],
    engagement: Mapping[str, Any] | None,
) -> None:  # fmt: skip
    """A client with its people, ours and theirs, and what it has agreed to."""
    client = await Client.add(**facts)
    await ClientRole.record_all(EventKind.CLIENT_ROLE_ASSIGNED, roles)
    await Contact.record_all(EventKind.CONTACT_ADDED, contacts)
    await ClientContact.record_all(EventKind.CONTACT_LINKED, links)
    if engagement is not None:
        await Engagement.start(client_id=client.id, **engagement)


async def change_client(client_id: UUID, changes: dict[str, Any]) -> None:
    await (await Client.load(client_id)).change(changes, None)


async def relate_clients(relations: Sequence[Mapping[str, Any]]) -> None:
    await ClientRelation.record_all(EventKind.CLIENTS_RELATED, relations)


async def set_passwords(member_ids: Sequence[UUID], password: str) -> None:
    """One password for all, hashed once."""
    password_hash = await hashed(password)
    for member_id in member_ids:
        await Credential.set(await Member.load(member_id), password_hash)
