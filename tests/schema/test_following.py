"""Subscriptions that are alike: what makes two of them one, and that those told together may be."""

from dataclasses import replace
from typing import Any

import pytest
from graphql import parse, validate
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from models.database import Database
from models.errors import ValidationError
from models.members import Member
from models.permissions import Role
from models.unit_of_work import reading, unit_of_work
from models.viewer import Viewer
from schema import execution
from schema.execution import Context
from schema.following import Follow, Shapes
from schema.staff import staff
from subscriptions import audience, cursors
from subscriptions.items import Batch
from tests.cast import two_firms
from tests.schema.operations import DECLARED, RULES, VARIABLES, selections
from tests.schema.test_same_answers import told
from tests.stock import stock_of

TASKS = "taskChanges(since: $since, filter: {text: $text}) { ... on Heartbeat { cursor } }"


def name(text: str, /, **variables: object) -> object:
    document = parse(text)
    shape = Shapes(staff()).of(document)
    assert shape.document is document
    return shape.name("Q", variables)[1:]  # type: ignore[index]


def test_what_is_followed_makes_no_difference_to_what_is_told_of_it() -> None:
    text = f"subscription Q($since: StreamCursor, $text: String) {{ {TASKS} }}"
    assert name(text, since="a", text="b") == name(text, since="c") == name(text)


def test_what_decides_what_is_selected_does() -> None:
    text = """subscription Q($job: ID!, $often: Boolean!, $who: Boolean!) {
      jobChanges(jobId: $job) @include(if: $often) { ... on BoardChanges { ...All } } }
      fragment All on BoardChanges { changes { id actor @skip(if: $who) { name } } }"""
    shape = Shapes(staff()).of(parse(text))

    assert shape.variables == ("often", "who")
    assert name(text, job="a", often=True, who=True) == name(text, job="b", often=True, who=True)
    assert name(text, job="a", often=True, who=True) != name(text, job="a", often=True, who=False)


@pytest.mark.parametrize(("text", "follows", "personal"), [
    (f"subscription Q($since: StreamCursor, $text: String) {{ {TASKS} }}", True, False),
    ("{ viewer { apiTokens { name } } }", False, True),
])  # fmt: skip
def test_a_shape_says_whether_it_follows_and_whether_it_is_one_persons_own(
    text: str, follows: bool, personal: bool
) -> None:
    shape = Shapes(staff()).of(parse(text))
    assert (shape.follows, shape.personal) == (follows, personal)


@pytest.fixture(scope="module")
async def alike(practice: Database) -> list[Viewer]:
    """Two who see the same, in a firm with one of everything, of a client that neither may see as
    well."""
    house = (await two_firms()).harbour
    await stock_of(house, house.ben, house.bakery, "Bun")
    await stock_of(house, house.ben, house.vault, "Gold")
    async with unit_of_work(house.ada):
        gil = await Member.join(email="gil@harbour.example", name="Gil", role=Role.STAFF)
    return [house.dan, replace(house.dan, member_id=gil.id)]


@settings(max_examples=40, deadline=None, derandomize=True,
          suppress_health_check=list(HealthCheck))  # fmt: skip
@given(data=st.data())
async def test_those_told_together_would_be_told_the_same_alone(
    alike: list[Viewer], data: st.DataObject
) -> None:
    schema = staff()
    item = schema.subscription_type.fields["changes"].type  # type: ignore[union-attr]
    text, fragments = data.draw(selections(schema, item))
    document = parse(f"subscription Q({DECLARED}) {{ changes {text} }} {fragments}")
    assume(not validate(schema, document, RULES))
    shape = Shapes(schema).of(document)
    skipped = data.draw(st.integers(0, 120))

    answers = []
    for viewer in alike:
        asked: Any = {"variables": VARIABLES, "context": Context(viewer, "same")}
        follow = await execution.follow(schema, document, operation_name=None, **asked)
        assert isinstance(follow, Follow)
        async with reading(viewer):
            head = await cursors.head()
            events = await audience.visible(await cursors.read(skipped, head.seq, 40))
            root = follow.row(Batch(tuple(events), skipped + 1, head.seq, head))
            result = await execution.tell(schema, document, operation_name=None, root=root, **asked)
        answers.append(told(result))

    assert answers[0] == answers[1] or shape.personal


async def test_a_filter_that_no_board_can_have_is_refused_when_it_is_asked_for(
    alike: list[Viewer],
) -> None:
    document = parse(
        "subscription ($text: String) { boardChanges(filter: {text: $text}) { __typename } }"
    )
    with pytest.raises(ValidationError, match="At most 200 characters"):
        await execution.follow(
            staff(), document, variables={"text": "x" * 201}, operation_name=None,
            context=Context(alike[0], "long"),
        )  # fmt: skip
