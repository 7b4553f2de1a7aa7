"""What no plan can be made of, found before anything runs.

The levels of an interface are planned when rows of them come: by then a mutation has been made, and
graphql-core can no longer be asked instead.
"""

from collections.abc import Mapping

from graphql import (
    FieldNode,
    FragmentSpreadNode,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    SelectionNode,
    SelectionSetNode,
    get_named_type,
    is_abstract_type,
)
from graphql.execution.collect_fields import FragmentDetails, does_fragment_condition_match

from .origins import ORIGIN


def without_origin(
    schema: GraphQLSchema,
    fragments: Mapping[str, FragmentDetails],
    root: GraphQLObjectType,
    selected: SelectionSetNode,
) -> str | None:
    """A nested field without an origin that is selected, whatever is included, if there is one."""
    waiting = [(root, selected, False)]
    seen: set[tuple[str, int, bool]] = set()
    while waiting:
        kind, selections, nested = waiting.pop()
        if (kind.name, id(selections), nested) in seen:
            continue
        seen.add((kind.name, id(selections), nested))
        for node in selections.selections:
            if not isinstance(node, FieldNode):
                below = _of_fragment(schema, fragments, kind, node)
                waiting += [(kind, one, nested) for one in below]
            elif field := kind.fields.get(node.name.value):  # the others tell of the schema
                if nested and ORIGIN not in field.extensions:
                    return f"{kind.name}.{node.name.value}"
                if node.selection_set:
                    named = get_named_type(field.type)
                    kinds = schema.get_possible_types(named) if is_abstract_type(named) else [named]
                    waiting += [(one, node.selection_set, True) for one in kinds]
    return None


def _of_fragment(
    schema: GraphQLSchema,
    fragments: Mapping[str, FragmentDetails],
    kind: GraphQLObjectType,
    node: SelectionNode,
) -> list[SelectionSetNode]:
    """What is selected there of such a type, if anything."""
    assert isinstance(node, (FragmentSpreadNode, InlineFragmentNode))
    fragment = (
        node if isinstance(node, InlineFragmentNode) else fragments[node.name.value].definition
    )
    matches = does_fragment_condition_match(schema, fragment, kind)
    return [fragment.selection_set] if matches else []
