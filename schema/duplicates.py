"""Clients that may have been taken on twice."""

from enum import StrEnum
from typing import Annotated

import strawberry

from models.clients import Client as ClientRow
from models.permissions import Permission
from resolvers import duplicates
from schema.enums import described
from schema.fields import argument, field, query, relation

_Client = Annotated["Client", strawberry.lazy("schema.clients")]


class Likeness(StrEnum):
    NAME = "name"
    TAX_ID = "tax_id"
    EMAIL = "email"


described(Likeness, "In what two clients are alike.",
          NAME="Their names, but for accents, signs, “the”, and how a company is constituted.",
          TAX_ID="A tax id, for who may read these.",
          EMAIL="A contact with this e-mail address stands behind it.")  # fmt: skip


@strawberry.type(description="A client that may be the one in question: a warning, no more.")
class PossibleDuplicate:
    client: _Client | None = relation(
        ClientRow, by="client_id", allow=Permission.READ_CLIENTS, description="Which client."
    )
    alike: list[Likeness] = field("In what they are alike.")


@strawberry.type
class DuplicateQuery:
    @query(allow=Permission.READ_CLIENTS, cost=10)
    async def possible_duplicates(
        info,
        name: Annotated[str | None, argument("What the client is called.")] = None,
        tax_number: Annotated[
            str | None, argument("A number that an authority knows it by.")
        ] = None,
        email: Annotated[str | None, argument("The e-mail address of its contact.")] = None,
    ) -> list[PossibleDuplicate]:
        """The first 10 clients that may be one that is about to be taken on: the most alike first,
        and those alone that the viewer may see."""
        return await duplicates.of_said(name=name, tax_number=tax_number, email=email)
