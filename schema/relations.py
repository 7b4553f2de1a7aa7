"""How clients stand to each other."""

from typing import Annotated

import strawberry

from models.clients import Client as ClientRow
from models.clients import ClientRelation as ClientRelationRow
from models.permissions import Permission
from resolvers import relations
from schema.client_inputs import EndClientRelation, RelateClients
from schema.enums import RelationKind
from schema.fields import field, node_id, relation
from schema.mutations import mutation
from schema.nodes import Node, node_type
from schema.scalars import Date

READ = Permission.READ_CLIENTS
_Client = Annotated["Client", strawberry.lazy("schema.clients")]


@node_type(ClientRelationRow, "How one client stands to another, dated.")
class ClientRelation(Node):
    id: strawberry.ID = node_id(ClientRelationRow)
    kind: RelationKind = field("How.")
    client: _Client | None = relation(
        ClientRow, by="client_id", allow=READ, description="The one; null if hidden."
    )
    other: _Client | None = relation(
        ClientRow, by="other_id", allow=READ, description="The other; null if hidden."
    )
    from_date: Date = field("The first day of it.")
    until_date: Date | None = field("The last day of it; null while it lasts.")


_RELATION = {"relation": (ClientRelation, ClientRelationRow)}
_EDIT = Permission.EDIT_CLIENTS


@strawberry.type
class RelationMutation:
    relate_clients = mutation(
        relations.relate, input=RelateClients, returns=_RELATION, allow=_EDIT,
        description="Say how one client stands to another.",
    )  # fmt: skip
    end_client_relation = mutation(
        relations.end, input=EndClientRelation, returns=_RELATION, allow=_EDIT,
        description="End how one client stands to another; it stays on record.",
    )  # fmt: skip
