"""The staff schema: everything at /graphql."""

from functools import cache

import strawberry
from graphql import GraphQLSchema

from schema.boards import BoardQuery
from schema.build import built, core_of
from schema.calendars import CalendarQuery
from schema.changes import ChangeQuery
from schema.client_fact_verbs import ClientFactMutation
from schema.clients import ClientMutation, ClientQuery
from schema.contacts import ContactMutation, ContactQuery
from schema.documents import DocumentMutation, DocumentQuery
from schema.duplicates import DuplicateQuery
from schema.external_id_verbs import ExternalIdMutation
from schema.firms import FirmMutation, FirmQuery
from schema.invoice_verbs import InvoiceMutation
from schema.invoices import InvoiceQuery
from schema.job_verbs import JobMutation, JobQuery
from schema.live import Subscription as StreamSubscription
from schema.members import MemberMutation, MemberQuery
from schema.messages import MessageMutation, MessageQuery
from schema.node_query import NodeQuery
from schema.payloads import ERROR_TYPES
from schema.portal_access import PortalAccessMutation
from schema.presence import PresenceSubscription
from schema.rates import RateMutation, RateQuery
from schema.recurrences import RecurrenceMutation, RecurrenceQuery
from schema.relations import RelationMutation
from schema.reports import ReportQuery
from schema.requests import RequestMutation, RequestQuery
from schema.review_verbs import ReviewMutation
from schema.sign_in import SignInMutation, SignInQuery
from schema.task_verbs import TaskMutation, TaskQuery
from schema.template_verbs import TemplateMutation
from schema.templates import TemplateQuery
from schema.time_entries import TimeMutation, TimeQuery
from schema.workflow_verbs import StageMutation
from schema.workflows import WorkflowMutation, WorkflowQuery


@strawberry.type(description="What can be asked. A query reads one snapshot of the firm.")
class Query(
    SignInQuery, FirmQuery, MemberQuery, ClientQuery, ContactQuery, WorkflowQuery, JobQuery,
    TaskQuery, TimeQuery, RateQuery, InvoiceQuery, RequestQuery, DocumentQuery, BoardQuery,
    CalendarQuery, ChangeQuery, NodeQuery, TemplateQuery, RecurrenceQuery, ReportQuery,
    MessageQuery, DuplicateQuery,
):  # fmt: skip
    pass


@strawberry.type(
    description="What can be done. One root field a document; it happens whole or not at all."
)
class Mutation(
    SignInMutation, FirmMutation, MemberMutation, ClientMutation, RelationMutation,
    ContactMutation, WorkflowMutation, JobMutation, TaskMutation, TimeMutation, RateMutation,
    InvoiceMutation, PortalAccessMutation, TemplateMutation, RecurrenceMutation, RequestMutation,
    DocumentMutation, MessageMutation, ReviewMutation, StageMutation, ExternalIdMutation,
    ClientFactMutation,
):  # fmt: skip
    pass


@strawberry.type(description="What can be followed, live. Every stream of changes can be resumed.")
class Subscription(StreamSubscription, PresenceSubscription):
    pass


@cache
def staff_schema() -> strawberry.Schema:
    return built(query=Query, mutation=Mutation, subscription=Subscription, types=list(ERROR_TYPES))


def staff() -> GraphQLSchema:
    """What graphql-core runs."""
    return core_of(staff_schema())
