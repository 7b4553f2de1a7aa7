"""The contract describes itself, keeps its lists short and its mutations alike."""

import pytest
from graphql import GraphQLSchema, build_schema

from portal.schema import portal
from schema.staff import staff
from tests.rules import contract

BOTH = pytest.mark.parametrize("schema", [staff(), portal()], ids=["staff", "portal"])

CARELESS = build_schema("""
  "What can be asked."
  type Query {
    "Every task there ever was."
    tasks("How many." first: Int, after: String): [Task!]!
    "A page."
    jobs: JobConnection!
  }
  "A page of jobs."
  type JobConnection {
    "The jobs."
    nodes: [Task!]!
  }
  type Task {
    "What it is."
    title: String!
    status: Status
  }
  "Where it stands."
  enum Status {
    "At its beginning."
    OPEN
    DONE
  }
  "What can be done."
  type Mutation {
    "Has no input."
    open: OpenPayload
    "Takes two things."
    move(id: ID!, input: MoveInput!): MovePayload
    "Cannot be null, so a fault takes the whole answer along."
    close(input: CloseInput!): OpenPayload!
    "Forgets its errors."
    end(input: EndInput!): EndPayload
    "Is as it should be."
    begin(input: BeginInput!): BeginPayload
  }
  "Why not."
  interface UserError {
    "In words."
    message: String!
  }
  "Where a stream stands."
  scalar StreamCursor
  "An answer."
  type OpenPayload { "Why not." errors: [UserError!]! "Where." streamCursor: StreamCursor }
  "An answer."
  type MovePayload { "Why not." errors: [UserError!]! "Where." streamCursor: StreamCursor }
  "An answer."
  type EndPayload { "Where." streamCursor: StreamCursor }
  "An answer."
  type BeginPayload { "Why not." errors: [UserError!]! "Where." streamCursor: StreamCursor }
  "All it takes."
  input MoveInput { "Where to." to: ID! by: ID }
  "All it takes."
  input CloseInput { "Which." id: ID! }
  "All it takes."
  input EndInput { "Which." id: ID! }
  "All it takes."
  input BeginInput { "Which." id: ID! }
""")


@BOTH
def test_everything_has_a_description(schema: GraphQLSchema) -> None:
    assert contract.undescribed(schema) == set()


@BOTH
def test_every_list_is_a_page_or_stays_short(schema: GraphQLSchema) -> None:
    assert contract.unbounded(schema) == set()


@BOTH
def test_every_mutation_takes_one_input_and_answers_alike(schema: GraphQLSchema) -> None:
    assert contract.misshapen(schema) == set()


def test_what_somebody_forgot_to_describe_is_found_wherever_it_is() -> None:
    assert contract.undescribed(CARELESS) == {
        "Query.tasks(after:)",
        "Task",
        "Task.status",
        "Status.DONE",
        "Mutation.move(id:)",
        "Mutation.move(input:)",
        "Mutation.close(input:)",
        "Mutation.end(input:)",
        "Mutation.begin(input:)",
        "MoveInput.by",
    }


def test_a_list_without_an_end_is_found() -> None:
    assert contract.unbounded(CARELESS) == {"Query.tasks"}


def test_a_mutation_unlike_the_others_is_found() -> None:
    assert contract.misshapen(CARELESS) == {"open", "move", "close", "end"}


def test_every_list_that_is_known_to_stay_short_still_exists() -> None:
    known = {coordinate for lists in contract.BOUNDS.values() for coordinate in lists}
    fields = [*contract.outputs(staff()), *contract.outputs(portal())]
    assert known <= {coordinate for coordinate, _ in fields}
