"""Who may call what: each root field says it, the server acts upon it, the table is checked in."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import pytest
from graphql import (
    ExecutionResult,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLSchema,
    get_named_type,
    is_leaf_type,
    is_required_argument,
    is_required_input_field,
    parse,
)

from models.database import Database
from models.errors import Forbidden, PracticeError, Unauthenticated
from models.permissions import Permission, Role
from models.viewer import Viewer
from portal.schema import portal
from schema.execution import Context, execute, subscribe
from schema.fields import ANYONE, CONTACT, admit
from schema.staff import staff
from subscriptions.audience import READ_BY
from tests.cast import Cast
from tests.rules.snapshots import must_be_checked_in

HEAD = """\
# Which role may call which root field, as `allow=` in schema/ and portal/ says it.
# Written anew by: WRITE_SNAPSHOTS=1 make test TESTS=tests/rules/test_permissions.py
"""

_OTHERS = {ANYONE: "anyone", CONTACT: "a contact"}
"""Who may call what no role of a member's is asked for."""

SAMPLES = {
    "Int": "1", "Float": "1.0", "Long": "1", "Boolean": "true", "Date": '"2026-04-30"',
    "DateTime": '"2026-04-30T09:15:00Z"', "Decimal": '"1.50"',
}  # fmt: skip


@dataclass(frozen=True)
class Root:
    """A root field of one of the schemas."""

    schema: GraphQLSchema
    kind: str
    name: str
    field: GraphQLField

    def __str__(self) -> str:
        return f"{self.kind}.{self.name}"

    @property
    def allow(self) -> Any:
        """Who may call it, as it was declared; None where nobody thought of it."""
        return self.field.extensions["strawberry-definition"].metadata.get("allow")

    def admits(self, role: Role) -> bool:
        try:
            admit(Context(a_viewer(role), "test"), self.allow)
        except Forbidden:
            return False
        return True


def roots(prefix: str, schema: GraphQLSchema) -> Iterator[Root]:
    for kind in ("query", "mutation", "subscription"):
        of_kind = getattr(schema, f"{kind}_type")
        for name, field in sorted(of_kind.fields.items() if of_kind else ()):
            yield Root(schema, prefix + kind, name, field)


ROOTS = [*roots("", staff()), *roots("portal ", portal())]


def a_viewer(role: Role, **more: Any) -> Viewer:
    return Viewer(firm_id=UUID(int=1), member_id=UUID(int=2), role=role, **more)


@pytest.mark.parametrize("root", ROOTS, ids=str)
def test_every_root_field_says_who_may_call_it(root: Root) -> None:
    assert root.allow is not None


def test_the_table_of_roles_and_root_fields_is_the_one_checked_in() -> None:
    lines = [HEAD, f"{'':44} {'asks for':16} " + " ".join(role.value for role in Role)]
    for root in ROOTS:
        asked = _OTHERS.get(root.allow) or root.allow.value
        marks = (("yes" if root.admits(role) else "-").ljust(len(role.value)) for role in Role)
        lines.append(f"{root!s:44} {asked:16} {' '.join(marks)}".rstrip())
    must_be_checked_in("permissions.txt", "\n".join(lines) + "\n")


# --------------------------------------------------------------------- what the server really does


def document(root: Root) -> str:
    """The shortest operation that calls the field."""
    arguments = [f"{name}: {literal(argument.type)}" for name, argument in root.field.args.items()
                 if is_required_argument(argument)]  # fmt: skip
    given = f"({', '.join(arguments)})" if arguments else ""
    chosen = "" if is_leaf_type(get_named_type(root.field.type)) else " { __typename }"
    return f"{root.kind.split()[-1]} {{ {root.name}{given}{chosen} }}"


def literal(type: Any) -> str:
    """Some value of the type."""
    match type:
        case GraphQLNonNull():
            return literal(type.of_type)
        case GraphQLList():
            return f"[{literal(type.of_type)}]"
        case GraphQLEnumType():
            return str(next(iter(type.values)))
        case GraphQLInputObjectType():
            parts = (f"{name}: {literal(field.type)}" for name, field in type.fields.items()
                     if is_required_input_field(field))  # fmt: skip
            return f"{{{', '.join(parts)}}}"
    return SAMPLES.get(type.name, '"x"')


async def refusal(root: Root, viewer: Viewer | None) -> Exception | None:
    """Why the field is not run for this viewer."""
    context, parsed = Context(viewer, "test"), parse(document(root))
    if root.kind.split()[-1] != "subscription":
        result = await execute(root.schema, parsed, context=context)
    else:
        opened = await subscribe(root.schema, parsed, context=context)
        if not isinstance(opened, ExecutionResult):
            with pytest.raises(PracticeError) as caught:
                await anext(opened)
            return caught.value
        result = opened
    return result.errors[0].original_error if result.errors else None


FOR_SOME = [root for root in ROOTS if root.allow is not ANYONE]


@pytest.mark.parametrize("root", FOR_SOME, ids=str)
async def test_a_token_without_the_scope_and_a_stranger_are_both_refused(
    root: Root, practice: Database
) -> None:
    powerless = a_viewer(Role.OWNER, scopes=frozenset())
    assert isinstance(await refusal(root, powerless), Forbidden)
    assert isinstance(await refusal(root, None), Unauthenticated)


@pytest.mark.parametrize("scope", READ_BY)
async def test_a_token_finds_by_id_what_its_scopes_reach_and_nothing_else(
    scope: Permission, cast: Cast
) -> None:
    house = cast.harbour
    token = replace(house.ada, scopes=frozenset({Permission.READ_FIRM, scope}))
    things = {"firm": house.id, "client": house.vault, "job": house.books, "task": house.tidy}
    given = [f"{entity}_{id.hex}" for entity, id in things.items()]

    result = await execute(
        staff(),
        parse("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"),
        variables={"ids": given},
        context=Context(token, "test"),
    )

    assert result.data is not None
    reached = {*READ_BY[Permission.READ_FIRM], *READ_BY[scope]}
    assert [node is not None for node in result.data["nodes"]] == [
        entity in reached for entity in things
    ]
