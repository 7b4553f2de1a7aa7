"""Messages between the firm and its clients' contacts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from models.messages import Message
from models.unit_of_work import Row
from resolvers.filters import Where
from resolvers.pages import Order, Window
from resolvers.pages import page as page_of

_NEWEST = Order("t.id", "uuid", descending=True)


async def page(
    window: Window, *, client: Mapping[str, Any] | None = None,
    job: Mapping[str, Any] | None = None, unread: bool | None = None,
) -> Row:  # fmt: skip
    where = Where()
    where.compare("t.client_id", client)
    where.compare("t.job_id", job)
    if unread is not None:
        where.add(f"{'' if unread else 'not '}(t.read_at is null and t.contact_id is not null)")
    return await page_of(Message, _NEWEST, window, where)


async def send(**said: Any) -> Message:
    return await Message.send(**said)


async def read(*, id: UUID) -> Message:
    return await (await Message.load(id, lock=False)).read()
