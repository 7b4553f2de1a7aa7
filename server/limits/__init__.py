"""The one rule about size: what a document may ask, judged in time proportional to its length."""

from collections.abc import Iterator, Mapping
from typing import Any

from graphql import GraphQLError, Node, OperationType

from server.errors import Code, coded
from server.limits.arguments import wrong_in
from server.limits.bounds import PORTAL, STAFF, Bounds
from server.limits.costs import Counting
from server.limits.survey import Part, Survey, survey

__all__ = ["PORTAL", "STAFF", "Bounds", "Part", "Survey", "cost", "survey", "verdict", "wrong_in"]

MUTATION_COST = 10
_IN_PARTS = "Ask in several operations; what a fragment has counts wherever it is spread."


def verdict(found: Survey, bounds: Bounds) -> list[GraphQLError]:
    """Why the document is refused before anything else is done with it; empty when it is not."""
    if found.cycle is not None:
        part = found.fragments[found.cycle]
        told = f"The {part.name} spreads itself, or one that leads back to it, and so has no end."
        return [_too_complex(f"{told} Take one of these spreads out.", part.definition)]
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
        (part.depth, bounds.depth, "is {} levels deep",
         "Ask for what lies deeper in an operation of its own.", part.deepest),
        (part.introspection_depth, bounds.introspection_depth, "goes {} levels into the schema",
         "Ask for single types, by `__type`.", None),
        (part.aliases, bounds.aliases, "has {} aliases", _IN_PARTS, None),
        (part.directives, bounds.directives, "has {} directives", _IN_PARTS, None),
        (part.chain, bounds.chain, "spreads fragments within one another {} deep",
         "Write the inner ones out.", None),
    )  # fmt: skip
    for number, limit, says, advice, node in counted:
        if number > limit:
            told = f"The {part.name} {says.format(f'{number:,}')}; at most {limit} are allowed."
            yield _too_complex(f"{told} {advice}", node or part.definition)
    if part.introspection_aliases:
        told = f"The {part.name} has aliases for fields of the schema."
        yield _too_complex(f"{told} Ask for each once, by its own name.", part.definition)
    if part.kind is OperationType.MUTATION and part.root_fields > 1:
        told = f"The {part.name} makes {part.root_fields:,} changes; a mutation makes one."
        yield _too_complex(f"{told} Send an operation for each.", part.definition)


def _repeats(part: Part, bounds: Bounds) -> list[GraphQLError]:
    if part.repeats <= bounds.repeats:
        return []
    name, node = part.repeated
    told = f"The {part.name} selects `{name[:100]}` {part.repeats} times at one level"
    return [_too_complex(f"{told}; at most {bounds.repeats} are allowed. Select it once.", node)]


def _too_complex(message: str, node: Node | None) -> GraphQLError:
    return coded(message, Code.TOO_COMPLEX, node)
