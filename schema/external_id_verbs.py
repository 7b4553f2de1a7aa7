"""Saying how another system calls a client or a job."""

import strawberry

from models.clients import Client as ClientRow
from models.jobs import Job as JobRow
from models.permissions import Permission
from resolvers import external_ids
from schema.clients import Client
from schema.inputs import given_field, reference
from schema.jobs import Job
from schema.mutations import mutation, verb_input


@verb_input("Keep how another system calls a client or a job: exactly one of them.")
class SetExternalId:
    client_id: strawberry.ID | None = reference(ClientRow, "Which client.")
    job_id: strawberry.ID | None = reference(JobRow, "Which job.")
    system: str = given_field("Which system, 1 to 60 characters.", optional=False)
    key: str = given_field("What it is called there, 1 to 255 characters.", optional=False)


@verb_input("Forget how another system calls a client or a job: exactly one of them.")
class RemoveExternalId(SetExternalId):
    pass


_THINGS = {"client": (Client, ClientRow), "job": (Job, JobRow)}


@strawberry.type
class ExternalIdMutation:
    set_external_id = mutation(
        external_ids.give, input=SetExternalId, returns=_THINGS, allow=Permission.EDIT_CLIENTS,
        description="Keep how another system calls a client or a job; twice is once.",
    )  # fmt: skip
    remove_external_id = mutation(
        external_ids.take_away, input=RemoveExternalId, returns=_THINGS,
        allow=Permission.EDIT_CLIENTS,
        description="Forget how another system calls a client or a job.",
    )  # fmt: skip
