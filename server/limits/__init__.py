"""The one rule about size: what a document may ask, judged in time proportional to its length."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import GraphQLError, OperationType

from server.errors import Code, coded
from server.limits.arguments import wrong_in
from server.limits.bounds import PORTAL, STAFF, Bounds
from server.limits.costs import Counting
from server.limits.survey import Part, Survey, survey

__all__ = ["PORTAL", "STAFF", "Bounds", "Part", "Survey", "cost", "survey", "verdict", "wrong_in"]

MUTATION_COST = 10


def verdict(found: Survey, bounds: Bounds) -> list[GraphQLError]:
    """Why the document is refused before anything else is done with it; empty when it is not."""
    if found.cycle is not None:
        return [_too_complex(f"The fragment {found.cycle} spreads itself.")]
    errors: list[GraphQLError] = []
    for part in found.fragments.values():
        errors += _repeats(part, bounds) + part.asked.problems
    for part in found.operations.values():
        errors += _repeats(part, bounds) + part.asked.problems + list(_excesses(part, bounds))
    return errors[:10]


def cost(found: Survey, operation: Part, variables: Mapping[str, Any]) -> int:
    """The points that one operation costs with these variables, after coercion."""
    points = Counting(found.bills, variables).total(operation.bill)
    return points + (MUTATION_COST if operation.kind is OperationType.MUTATION else 0)


def _excesses(part: Part, bounds: Bounds) -> Iterator[GraphQLError]:
    counted = (
        (part.depth, bounds.depth, "levels deep"),
        (part.introspection_depth, bounds.introspection_depth, "levels deep in the schema"),
        (part.aliases, bounds.aliases, "aliases"),
        (part.directives, bounds.directives, "directives"),
        (part.chain, bounds.chain, "fragments spread in one another"),
    )
    for number, limit, of_what in counted:
        if number > limit:
            yield _too_complex(f"The operation has more than {limit} {of_what}.")
    if part.introspection_aliases:
        yield _too_complex("Fields of the schema are asked for once each, without aliases.")
    if part.kind is OperationType.MUTATION and part.root_fields > 1:
        yield _too_complex("A mutation has one root field: send one operation for each change.")


def _repeats(part: Part, bounds: Bounds) -> list[GraphQLError]:
    if part.repeats <= bounds.repeats:
        return []
    return [_too_complex(f"One field is selected more than {bounds.repeats} times at one level.")]


def _too_complex(message: str) -> GraphQLError:
    return coded(message, Code.TOO_COMPLEX)
