"""Telling a client's contacts that something is asked of them."""

from datetime import date
from uuid import UUID

from models.database import database
from models.firms import Firm
from models.portal_letters import request_made
from models.unit_of_work import current


async def write_to_contacts(client_id: UUID, title: str, due_date: date | None) -> None:
    """A letter to everybody who may look at this client in the portal."""
    unit = current()
    rows = await unit.fetch(
        "select c.name, c.email, l.name as client from portal_access a"
        " join contact c on c.firm_id = a.firm_id and c.id = a.contact_id"
        " join client l on l.firm_id = a.firm_id and l.id = a.client_id"
        " where a.client_id = $1 and a.withdrawn_at is null and c.email is not null"
        " order by c.id", client_id,
    )  # fmt: skip
    if not rows:
        return
    firm, site = await Firm.mine(), database().mailer.site
    unit.letters += [
        request_made(to=row["email"], name=row["name"], firm=firm, client=row["client"],
                     title=title, due_date=due_date, site=site)
        for row in rows
    ]  # fmt: skip
