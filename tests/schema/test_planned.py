"""What our own pages ask is planned, every document of it."""

import pytest
from graphql import FragmentDefinitionNode, OperationDefinitionNode, parse
from graphql.execution.collect_fields import FragmentDetails

import web
from portal.schema import portal
from schema.engine.planning import Planner
from schema.staff import staff

SCHEMAS = {"staff": staff(), "portal": portal()}


@pytest.mark.parametrize("door", SCHEMAS)
def test_every_document_of_the_pages_has_a_plan(door: str) -> None:
    for text in web.documents(door).values():
        definitions = parse(text).definitions
        (operation,) = (one for one in definitions if isinstance(one, OperationDefinitionNode))
        fragments = {one.name.value: FragmentDetails(one, None) for one in definitions
                     if isinstance(one, FragmentDefinitionNode)}  # fmt: skip
        asked = {one.variable.name.value: True for one in operation.variable_definitions or ()}

        plan = Planner(SCHEMAS[door], operation, fragments, asked).plan()

        assert plan.fields
