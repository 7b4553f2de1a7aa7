"""Whose operations are planned once for all: nobody fills the memory who has not signed in."""

import pytest
from graphql import parse

from models.viewer import Viewer
from schema.staff import staff
from server.documents import prepare
from server.doors import Call
from server.running import Runner
from tests.server.practice import ANNA

ASKED = "query Kept($often: Boolean!) { __typename @include(if: $often) }"


@pytest.mark.usefixtures("practice")
@pytest.mark.parametrize(("viewer", "ours", "plans"), [
    (ANNA, False, 2), (None, True, 2), (None, False, 0),
])  # fmt: skip
async def test_plans_are_kept_for_those_signed_in_and_of_documents_of_our_own(
    viewer: Viewer | None, ours: bool, plans: int
) -> None:
    runner = Runner(staff())
    document = prepare(staff(), ASKED, trusted=True).document if ours else parse(ASKED)
    assert document is not None
    for often in (True, False):
        result = await runner.execute(
            document, variables={"often": often}, operation_name=None,
            call=Call(viewer=viewer, request_id="r", address="192.0.2.1"),
        )  # fmt: skip
        assert result.data == ({"__typename": "Query"} if often else {})

    operation = 1 if plans else 0
    assert len(runner.engine.kept) == operation + plans
