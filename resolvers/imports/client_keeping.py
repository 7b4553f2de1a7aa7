"""One row of a client list, kept: its client is found and changed where it differs, or taken on."""

from typing import Any
from uuid import UUID

from models.client_facts import ClientTaxId
from models.clients import Client
from models.contacts import Contact
from models.members import Member, address
from models.unit_of_work import current
from models.visibility import visible
from resolvers import duplicates
from resolvers.imports.client_rows import ParsedClient
from resolvers.imports.columns import same_name
from resolvers.imports.external_ids import ExternalIds
from resolvers.imports.people import People
from resolvers.imports.refusals import RowRefused
from resolvers.imports.report import Outcome
from resolvers.imports.work.clients import clients_called

CONTACT_ROLE = "contact"


class ClientKeeping:
    """Keeps the rows of one list, each thing once."""

    def __init__(self, ids: ExternalIds, people: People) -> None:
        self.ids = ids
        self.people = people
        self._rows: dict[UUID, int] = {}

    async def take(self, row: ParsedClient) -> tuple[Outcome, list[str]]:
        """Bring one row in. Raises RowRefused, or what the practice's own rules say."""
        events = current().events
        before = len(events)
        remarks: list[str] = []
        client = await self._find(row, remarks)
        is_new = client is None
        if client is None:
            client = await Client.add(name=row.name, **row.fields)
        elif client.id in self._rows:
            raise RowRefused(f"row {self._rows[client.id]} is the same client")
        else:
            await client.change(_differing(client, row), None)
        for role, who in row.roles.items():
            member = await Member.load(self.people.named(who).id, lock=False)
            await client.assign(member, role)
        for kind, number in row.tax_ids.items():
            await ClientTaxId.set(client, kind=kind, number=number)
        if row.contact_name or row.email or row.phone:
            await self._contact(client, row)
        # Last, because the memory of ids does not forget what a refused row had said.
        if row.number and self.ids.get("client", row.number) != client.id:
            await self.ids.keep("client", row.number, client.id, client.id)
        self._rows[client.id] = row.row
        if is_new:
            return Outcome.CREATED, remarks
        return (Outcome.UPDATED if len(events) > before else Outcome.UNCHANGED), remarks

    async def _find(self, row: ParsedClient, remarks: list[str]) -> Client | None:
        """The client this row is: by our id, the list's number, or a name that only one has."""
        if row.id is not None:
            return await _by_our_id(row.id)
        known = self.ids.get("client", row.number) if row.number else None
        if known and (client := await Client.find(known, lock=True)):
            return client
        namesakes = await clients_called(row.name)
        # A client that has another number in this list's program is another client.
        free = [one for one in namesakes if not (row.number and self.ids.has("client", one))]
        if len(free) > 1:
            raise RowRefused(f"{len(free)} clients here are called “{row.name}”: which is it?")
        if free:
            return await Client.load(free[0])
        if namesakes:
            remarks.append("another client has this name")
        elif row.email and (other := await _client_of_contact(row.email)):
            remarks.append(f"{row.email} is a contact of “{other}” already")
        else:
            remarks += [
                f"“{other}” has the tax id {number} already"
                for number in row.tax_ids.values()
                if (other := await _client_with_number(number))
            ]
        return None

    async def _contact(self, client: Client, row: ParsedClient) -> None:
        """The person behind the client: once in the firm, whatever clients they stand behind."""
        email = address(row.email) if row.email else None
        contact = await _contact_at(client, email, row.contact_name or row.name)
        if contact is None:
            given: dict[str, Any] = {"email": email} if email else {}
            if row.phone:
                given["phone"] = row.phone
            contact = await Contact.add(name=row.contact_name or row.name, **given)
        else:
            said = {"phone": row.phone, "email": email, "name": row.contact_name}
            await contact.change({name: value for name, value in said.items() if value}, None)
        await contact.link(client, CONTACT_ROLE)


def _differing(client: Client, row: ParsedClient) -> dict[str, Any]:
    """What the row says otherwise than the client stands; an empty cell says nothing."""
    said: dict[str, Any] = dict(row.fields)
    if same_name(client.name) != same_name(row.name):
        said["name"] = row.name
    if set(said.get("tags", ())) == set(client.tags):
        said.pop("tags", None)
    return said


async def _by_our_id(text: str) -> Client:
    """The client of our own export. Raises RowRefused for an id that is none of this firm's."""
    prefix, _, digits = text.partition("_")
    try:
        client = await Client.find(UUID(hex=digits), lock=True) if prefix == "client" else None
    except ValueError:
        client = None
    if client is None:
        raise RowRefused(f"there is no client {text} here")
    return client


async def _contact_at(client: Client, email: str | None, name: str) -> Contact | None:
    """The contact by e-mail address in the firm, else by name at this client."""
    if email:
        row = await current().fetchrow(
            "select * from contact where lower(email) = lower($1) for no key update", email
        )
        if row is not None:
            return Contact.from_row(row)
    row = await current().fetchrow(
        "select c.* from contact c join client_contact l on l.firm_id = c.firm_id"
        " and l.contact_id = c.id where l.client_id = $1 and lower(c.name) = lower($2)"
        " and ($3::text is null or c.email is null) limit 1 for no key update of c",
        client.id,
        name,
        email,
    )
    return None if row is None else Contact.from_row(row)


async def _client_with_number(number: str) -> str | None:
    """A client with this tax id: perhaps the same client under another name."""
    for found in await duplicates.of_said(tax_number=number):
        return (await Client.load(found["client_id"], lock=False)).name
    return None


async def _client_of_contact(email: str) -> str | None:
    """A client whose contact has this address: perhaps the same client under another name."""
    unit = current()
    name: str | None = await unit.fetchval(
        "select l.name from contact c join client_contact k on k.firm_id = c.firm_id"
        " and k.contact_id = c.id join client l on l.firm_id = k.firm_id and l.id = k.client_id"
        f" where lower(c.email) = lower($1) and {visible(Client, unit.viewer, 'l')} limit 1",
        email,
    )
    return name
