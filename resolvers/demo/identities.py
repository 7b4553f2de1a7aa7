"""Ids that come out the same each time a demo firm is told: what makes a build resumable."""

import hashlib
from datetime import datetime
from uuid import UUID


class Identities:
    """UUIDs of version 7, in the order of their moments, drawn from what a thing is called."""

    def __init__(self, firm_id: UUID) -> None:
        self._firm = firm_id.bytes

    def of(self, moment: datetime, *name: object, order: int = 0) -> UUID:
        """The id of the thing by that name, which came into being then; `order` breaks ties."""
        drawn = hashlib.sha256(self._firm + "\0".join(map(str, name)).encode()).digest()
        milliseconds = int(moment.timestamp()) * 1000 + order
        number = milliseconds << 80 | int.from_bytes(drawn[:10])
        number &= ~(0xF << 76) & ~(0x3 << 62)
        return UUID(int=number | 0x7 << 76 | 0x2 << 62)
