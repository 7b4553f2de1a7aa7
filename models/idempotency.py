"""Idempotency keys: the same call under the same key happens once and is answered alike.

The key is taken first and in the same transaction, so a second caller waits for the first; a
refusal rolls it back and stores nothing. Kept are ids, never a rendered answer.
"""

from collections.abc import Mapping
from uuid import UUID

import orjson

from models.errors import ValidationError
from models.unit_of_work import current

_SYSTEM = UUID(int=0)


async def remembered(key: str | None, request_hash: bytes) -> dict[str, UUID | None] | None:
    """What this call answered before, or None when it is new. Raises ValidationError for a key
    that another call used."""
    if key is None:
        return None
    if not 1 <= len(key) <= 255:
        raise ValidationError("A key has 1 to 255 characters.", path=("idempotencyKey",))
    unit = current()
    actor = unit.viewer.actor_id or _SYSTEM
    if await unit.fetchval(
        "insert into idempotency (firm_id, actor_id, key, request_hash) values ($1, $2, $3, $4)"
        " on conflict do nothing returning 1", unit.viewer.firm_id, actor, key, request_hash,
    ):  # fmt: skip
        return None
    row = await unit.fetchrow(
        "select request_hash, result from idempotency where actor_id = $1 and key = $2", actor, key
    )
    if row is None or row["request_hash"] != request_hash:
        raise ValidationError("Another call was made under this key.", path=("idempotencyKey",),
                              code="IDEMPOTENCY_MISMATCH")  # fmt: skip
    stored = orjson.loads(row["result"] or b"{}")
    return {name: None if text is None else UUID(text) for name, text in stored.items()}


async def remember(key: str | None, answer: Mapping[str, UUID | None]) -> None:
    """Keep what the call answered."""
    if key is None:
        return
    unit = current()
    await unit.execute(
        "update idempotency set result = $3::text::jsonb where actor_id = $1 and key = $2",
        unit.viewer.actor_id or _SYSTEM, key, orjson.dumps(dict(answer), default=str).decode(),
    )  # fmt: skip
