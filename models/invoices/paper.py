"""Whom an invoice is from and to, as its paper says it: kept when it is issued."""

from typing import Any
from uuid import UUID

from models.clients import Client
from models.firms import Firm, LegalEntity


async def paper_now(client_id: UUID, legal_entity_id: UUID) -> dict[str, Any]:
    """The names that the paper of a draft has today, and the locale it is written in."""
    firm = await Firm.mine()
    entity = await LegalEntity.load(legal_entity_id, lock=False)
    client = await Client.load(client_id, lock=False)
    return {"firm": firm.name, "locale": firm.locale, "entity": entity.name,
            "tax_ids": entity.tax_ids, "client": client.name}  # fmt: skip
