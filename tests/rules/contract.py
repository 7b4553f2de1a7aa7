"""What must hold of a GraphQL schema of ours: each rule names the coordinates that break it."""

from collections.abc import Iterator

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    is_introspection_type,
    is_specified_scalar_type,
)

BOUNDS = {
    "a closed list of words": (
        "PossibleDuplicate.alike", "ViewerInfo.permissions", "ApiToken.scopes", "Job.viewerCan", "Capacity.weekdaySeconds",
    ),
    "no longer than what was sent, and that is at most 250": (
        "Query.nodes", "UserError.path", "Conflict.changedFields",
    ),
    "no longer than a table has columns": ("Change.fields",),
    "at most 250": (
        "Viewer.clients", "Invoice.lines", "InvoiceLine.timeEntries", "TemplateVersion.steps",
        "TemplateStep.dependsOn", "TemplateStep.dependencies", "PlannedJob.steps",
        "PlannedStep.dependsOn", "PlannedStep.dependencies",
        "Query.requests", "Query.jobs", "Query.documents", "Query.messages", "Query.invoices",
    ),
    "one for each account, scope, currency or tax rate": (
        "LedgerTransaction.entries", "RateExplanation.losers", "Client.receivable",
        "Invoice.taxTotals", "WorkedSums.standardValue", "WorkedSums.billed",
        "WorkedRow.standardValue", "WorkedRow.billed", "WorkFigures.standardValue",
        "WorkFigures.billed", "WorkFigures.paid", "WorkFigures.outstanding",
        "MemberFigures.standardValue", "MemberFigures.billed", "AgedReceivables.totals",
        "BillingReport.totals",
    ),
    "at most 20,000, at a cost of its own": (
        "WorkedReport.rows", "UtilisationReport.rows", "AgedReceivables.rows", "AgedRow.invoices",
        "BillingReport.rows", "TurnaroundReport.rows",
    ),
    "the documents of one invoice, a few": (
        "Invoice.payments", "Invoice.creditNotes", "Invoice.ledgerEntries",
    ),
    "at most 50": (
        "Request.items", "Client.openJobs", "Job.activity", "Client.tags", "Recurrence.upcoming",
        "Client.externalIds", "Job.externalIds", "Task.makesLate", "Client.taxIds",
        "Client.keyDates",
        "EngagementEnding.recurrences", "EngagementEnding.jobs",
    ),
    "a page or a batch of a stream, at most 250": (
        "ChangePage.changes", "Changes.changes", "BoardChanges.changes", "TaskChanges.changes",
        "TimerChanges.changes", "PortalChanges.changes",
    ),
    "at most 2": ("Client.addresses",),
    "at most 10": ("Query.possibleDuplicates", "Client.possibleDuplicates"),
    "at most 100": ("Recurrence.exceptDates",),
    "at most 100, and a person once": ("Presence.people",),
    "the fields that one signed form has": ("UploadForm.fields",),
    "the firms that one password opens": ("SignInPayload.firms",),
    "set up by hand in the firm's settings, some tens": (
        "Query.teams", "Query.services", "Query.workflows", "Workflow.stages", "Firm.offices",
        "Firm.legalEntities", "LegalEntity.taxIds",
        "Query.templates", "Template.versions",
        "JobBoard.columns", "TaskBoard.columns",
    ),
    "one running timer a member": ("Query.timers", "Job.timers", "Task.timers"),
    "a person's own, a few each year": (
        "Member.teams", "Member.capacities", "Member.timeOff", "Team.members",
        "ViewerInfo.apiTokens",
    ),
    "a client's own, a few each year": (
        "Client.contacts", "Client.roles", "Client.relations", "Client.pastRelations",
        "Client.engagements", "Client.recurrences", "Engagement.recurrences",
        "Contact.clients", "Contact.portalAccess", "Engagement.services",
    ),
    "one piece of work, as large as a person can look after": (
        "Job.requests", "Job.documents", "Job.messages", "RequestItem.documents",
        "Job.tasks", "Job.criticalPath", "Job.reviews", "Job.reviewPoints", "Job.preparers",
        "Job.comments", "Task.comments", "Task.blockedBy", "Task.blocks", "Task.dependencies",
        "Task.dependents",
    ),
}  # fmt: skip
"""The lists that are no connections, by what keeps each of them short."""

NO_STREAM_CURSOR = {
    "signIn": "nobody follows the stream yet",
    "requestSignInLink": "nobody does, and the answer is the same for everybody",
    "redeemSignInLink": "nobody follows the stream yet",
    "signOut": "nobody follows the stream any more",
    "answerItem": "the portal does not follow the stream",
    "startUpload": "the same there",
    "completeUpload": "the same there",
    "sendMessage": "the same there",
    "readMessage": "the same there",
}
NO_INPUT = {"signOut": "there is nothing to say"}


def types(schema: GraphQLSchema) -> Iterator[GraphQLNamedType]:
    """The schema's own types."""
    for kind in schema.type_map.values():
        if not is_introspection_type(kind) and not is_specified_scalar_type(kind):
            yield kind


def outputs(schema: GraphQLSchema) -> Iterator[tuple[str, GraphQLField]]:
    """Every field that can be asked for; what an interface has, its types need not say again."""
    for kind in types(schema):
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            inherited = {name for parent in kind.interfaces for name in parent.fields}
            for name, field in kind.fields.items():
                if name not in inherited:
                    yield f"{kind.name}.{name}", field


def undescribed(schema: GraphQLSchema) -> set[str]:
    """Types, fields, arguments, input fields and enum values without a description."""
    said = {}
    for kind in types(schema):
        said[kind.name] = kind.description
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for name, field in kind.fields.items():
                said[f"{kind.name}.{name}"] = field.description
                for label, argument in field.args.items():
                    said[f"{kind.name}.{name}({label}:)"] = argument.description
        elif isinstance(kind, GraphQLInputObjectType):
            for name, part in kind.fields.items():
                said[f"{kind.name}.{name}"] = part.description
        elif isinstance(kind, GraphQLEnumType):
            for name, value in kind.values.items():
                said[f"{kind.name}.{name}"] = value.description
    return {coordinate for coordinate, words in said.items() if not (words or "").strip()}


def unbounded(schema: GraphQLSchema) -> set[str]:
    """Lists that are neither a connection's, nor a payload's errors, nor known to stay short."""
    bounded = {coordinate for lists in BOUNDS.values() for coordinate in lists}
    return {
        coordinate
        for coordinate, field in outputs(schema)
        if _is_list(field)
        and coordinate not in bounded
        and not coordinate.endswith(("Connection.nodes", "Connection.edges", "Payload.errors"))
    }


def _is_list(field: GraphQLField) -> bool:
    kind = field.type.of_type if isinstance(field.type, GraphQLNonNull) else field.type
    return isinstance(kind, GraphQLList)


def misshapen(schema: GraphQLSchema) -> set[str]:
    """Mutations that do not take one input, or do not return a nullable payload as all do."""
    fields = schema.mutation_type.fields if schema.mutation_type else {}
    return {
        name
        for name, field in fields.items()
        if not _takes(name, field) or not _returns(name, field)
    }


def _takes(name: str, field: GraphQLField) -> bool:
    given = {label: str(argument.type) for label, argument in field.args.items()}
    wanted = name[0].upper() + name[1:] + "Input!"
    return given == ({} if name in NO_INPUT else {"input": wanted})


def _returns(name: str, field: GraphQLField) -> bool:
    payload = field.type
    if not isinstance(payload, GraphQLObjectType):
        return False
    told = {label: str(part.type) for label, part in payload.fields.items()}
    return (
        payload.name == name[0].upper() + name[1:] + "Payload"
        and told.get("errors") == "[UserError!]!"
        and (told.get("streamCursor") == "StreamCursor" or name in NO_STREAM_CURSOR)
    )
