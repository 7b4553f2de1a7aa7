"""What a mutation answers: the changed thing, the refusals, and where the stream stands."""

from collections.abc import Sequence
from typing import Any

import strawberry
from strawberry.utils.str_converters import to_camel_case

from models import errors
from schema.fields import ANYONE, batch, field
from subscriptions import cursors


@strawberry.interface(description="Why a mutation was refused. Nothing was changed.")
class UserError:
    message: str = field("What was wrong and what to do, for people.")
    path: list[str] = field(
        "Which part of the input, from `input` on; in a list, its place from 0."
    )
    code: str = field("A stable code, for programs.")


@strawberry.type(description="A value that was sent does not fit.")
class ValidationError(UserError):
    pass


@strawberry.type(description="Nothing by that id that the viewer may know of.")
class NotFound(UserError):
    pass


@strawberry.type(description="The viewer can see the thing but may not do this to it.")
class Forbidden(UserError):
    pass


@strawberry.type(description="A rule of the practice holds the thing as it is.")
class Locked(UserError):
    pass


@strawberry.type(description="Somebody else changed the same fields first.")
class Conflict(UserError):
    version: int | None = field("The version the thing has now; it is in the payload itself.")
    changed_fields: list[str] = field(
        "Which of the fields sent were changed meanwhile; the message says by whom."
    )


_NAMES: dict[type[errors.PracticeError], str] = {
    errors.ValidationError: "ValidationError",
    errors.NotFound: "NotFound",
    errors.Forbidden: "Forbidden",
    errors.Conflict: "Conflict",
    errors.Locked: "Locked",
}
EXPECTED = tuple(_NAMES)
ERROR_TYPES = (ValidationError, NotFound, Forbidden, Locked, Conflict)


def refusal(error: errors.PracticeError) -> dict[str, Any]:
    """The error as the payload's row."""
    name = next(name for kind, name in _NAMES.items() if isinstance(error, kind))
    row: dict[str, Any] = {
        "__typename": name,
        "message": error.message,
        "path": ["input", *error.path],
        "code": error.code,
    }
    if isinstance(error, errors.Conflict):
        fields = [to_camel_case(name) for name in error.changed_fields]
        row |= {"version": error.version, "changed_fields": fields}
    return row


async def stream_cursors(payloads: Sequence[dict[str, Any]]) -> list[str | None]:
    """Where each payload's own events ended up in the firm's stream."""
    ends = [await cursors.after(payload["events"]) for payload in payloads]
    return [None if end is None else str(end) for end in ends]


def stream_cursor() -> Any:
    return batch(
        stream_cursors, allow=ANYONE,
        description="The firm's stream right after this change: to recognise it when it comes by.",
    )  # fmt: skip
