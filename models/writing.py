"""Writing to a client's contacts: to everybody who may look at the client in the portal."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from models.database import database
from models.firms import Firm
from models.mail import Letter
from models.unit_of_work import current


async def write_to_contacts(client_id: UUID, wording: Callable[..., Letter], **said: Any) -> None:
    """A letter to each of them who has an address, worded by `wording` for them and with what is
    `said`; it leaves after COMMIT."""
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
        wording(to=row["email"], name=row["name"], firm=firm, client=row["client"], site=site,
                **said)
        for row in rows
    ]  # fmt: skip
