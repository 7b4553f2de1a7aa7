"""Declaring a field is declaring who may call it: `allow=` is required, everywhere.

`query`, `followed` and `live` are root fields: `followed` follows the firm's stream, once for all
who ask for the same, `live` has a stream of its own. `relation`, `children` and `batch` are nested
ones, declared as data or as a function over all parents of a level. (`mutation` is in
mutations.py.)
"""

import functools
import inspect
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from typing import Any

import strawberry
from strawberry import Info

from models.base import FirmModel
from models.errors import Forbidden, Unauthenticated
from models.permissions import Permission
from models.viewer import Viewer
from models.visibility import Sight
from resolvers import reading
from schema import ids
from schema.engine import ByKey, Computed, Made, OfParents, Origin, Parents, Source
from schema.execution import Context
from schema.loading import Batch


class Anyone:
    """Whoever asks, signed in or not; only for what is the same for all of them."""


class SignedInContact:
    """A client's contact in the portal; which rows are theirs is the database's to say."""


ANYONE = Anyone()
CONTACT = SignedInContact()
Allow = Permission | Anyone | SignedInContact


def admit(context: Context, allow: Allow) -> None:
    """Raise Unauthenticated or Forbidden unless the caller may call the field."""
    if isinstance(allow, Anyone):
        return
    if context.viewer is None:
        raise Unauthenticated
    if not isinstance(allow, SignedInContact):
        context.viewer.must(allow)
    elif context.viewer.contact_id is None:
        raise Forbidden("This is for clients' contacts alone.")


def _admitted(context: Context, allow: Allow) -> bool:
    try:
        admit(context, allow)
    except Forbidden:
        return False
    return True


def viewer_of(info: Info[Context, None]) -> Viewer:
    if info.context.viewer is None:
        raise Unauthenticated
    return info.context.viewer


def field(description: str, **more: Any) -> Any:
    """A column of the row, as it stands; who may see the row may see it."""
    return strawberry.field(description=description, **more)


def computed(
    description: str, resolve: Callable[[Any], Any], *, of: Sequence[str] | None = None
) -> Any:
    """A value made from the row alone; `of` names the columns that it is made of."""
    return _from_row(description, resolve, Computed(resolve, of))


def made(column: str, make: Callable[[Any], Any], description: str, code: str | None = None) -> Any:
    """A value made from one column's alone; `code` is the same as an expression over `{v}`."""
    return _from_row(description, lambda row: make(row[column]), Made(column, make, code))


def _from_row(description: str, resolve: Callable[[Any], Any], origin: Origin) -> Any:
    def resolver(root: Any) -> Any:
        return resolve(root)

    def direct(root: Any, _info: Any) -> Any:
        return resolve(root)

    return strawberry.field(
        resolver=resolver, description=description, metadata={"direct": direct, "origin": origin}
    )


def node_id(model: type[FirmModel]) -> Any:
    prefix = ids.PREFIX_OF[model]
    description = f"Typed id: `{prefix}_` and 32 hexadecimal digits. Never sort by it."
    code = ids.WRITTEN.format(prefix=prefix)
    return made("id", functools.partial(ids.written, prefix), description, code)


def relation(model: type[FirmModel], *, by: str, allow: Allow, description: str) -> Any:
    """The one row that the parent's column `by` names, if the viewer may see it."""
    batch = functools.partial(reading.by_ids, model)
    source = Source(model, functools.partial(reading.found_by_id, model), "id")
    origin = ByKey(source, by, functools.partial(admit, allow=allow))

    def resolve(root: Any, info: Info) -> Any:
        admit(info.context, allow)
        key = root[by]
        return None if key is None else info.context.loaders.by_key(model, batch, key)

    return strawberry.field(
        resolver=resolve, description=description,
        metadata={"direct": resolve, "origin": origin, "personal": model.sight is Sight.VIEWER},
    )  # fmt: skip


def children(
    model: type[FirmModel],
    *,
    by: str,
    allow: Allow,
    description: str,
    order: str = "id",
    where: str = "true",
    cost: int = 10,
    size: int | None = None,
) -> Any:
    """The rows whose column `by` names the parent, in order; for lists that stay short.

    `size` is how many there are as a rule, where that is known better.
    """
    batch = functools.partial(reading.children, model, by=by, order=order, where=where)
    load = functools.partial(reading.children_by_key, model, by=by, order=order, where=where)
    source = Source((model, by, order, where), load)
    origin = ByKey(source, "id", functools.partial(admit, allow=allow))

    def resolve(root: Any, info: Info) -> Any:
        admit(info.context, allow)
        return info.context.loaders.by_key((model, by, order, where), batch, root["id"])

    return strawberry.field(
        resolver=resolve, description=description,
        metadata={"direct": resolve, "cost": cost, "size": size, "origin": origin,
                  "personal": model.sight is Sight.VIEWER},
    )  # fmt: skip


def batch(
    function: Batch, *, allow: Allow, description: str, pick: str | None = None, cost: int = 1,
    size: int | None = None, else_null: bool = False, of: Sequence[str] | None = None,
    personal: bool = False,
) -> Any:  # fmt: skip
    """A nested field as a function of all parents, which returns one value each, in order.

    Its keyword parameters, annotated and described, are the field's arguments. With `pick`,
    several fields share one call and each takes its own part of the value. With `else_null` who
    may not call it reads null, for what is the one thing of its kind on a type that all may see.
    `of` names the columns of the parents that the function reads, `size` how many a list holds as a
    rule. A `personal` one tells each
    member something else, even of those with equal rights: who follows it is told alone.
    """
    if pick is not None and else_null:
        raise TypeError("What reads null as a whole has no parts.")
    parameters = list(inspect.signature(function).parameters.values())[1:]

    async def resolve(root: Any, info: Info, **arguments: Any) -> Any:
        if else_null and not _admitted(info.context, allow):
            return [None] * len(root) if isinstance(root, Parents) else None
        admit(info.context, allow)
        if isinstance(root, Parents):  # the engine asks for all of a level at once
            return await function(root, **arguments)
        value = await info.context.loaders.of_parent(function, function, root, arguments)
        return value if pick is None else value[pick]

    _take_arguments(resolve, parameters)
    # One call admits for all fields that share it: those that others may call have their own.
    origin = OfParents(of, share=None if pick is None else (function, allow), pick=pick)
    return strawberry.field(
        resolver=resolve, description=description,
        metadata={"cost": cost, "size": size, "origin": origin, "personal": personal},
    )  # fmt: skip


def query(*, allow: Allow, cost: int = 1) -> Callable[[Callable[..., Awaitable[Any]]], Any]:
    """A root query field; the function's docstring describes it."""

    def declare(function: Callable[..., Awaitable[Any]]) -> Any:
        @functools.wraps(function)
        async def resolve(root: Any, info: Info, **arguments: Any) -> Any:
            admit(info.context, allow)
            return await function(info, **arguments)

        _take_arguments(resolve, list(inspect.signature(function).parameters.values())[1:])
        return strawberry.field(
            resolver=resolve, description=inspect.getdoc(function),
            metadata={"allow": allow, "cost": cost},
        )  # fmt: skip

    return declare


def live(*, allow: Allow) -> Callable[[Callable[..., AsyncGenerator[Any, None]]], Any]:
    """A root subscription field: an async generator over what the viewer may follow."""

    def declare(function: Callable[..., AsyncGenerator[Any, None]]) -> Any:
        @functools.wraps(function)
        async def resolve(root: Any, info: Info, **arguments: Any) -> Any:
            admit(info.context, allow)
            async with aclosing(function(info, **arguments)) as items:
                async for item in items:
                    yield item

        _take_arguments(resolve, list(inspect.signature(function).parameters.values())[1:])
        return strawberry.subscription(
            resolver=resolve, description=inspect.getdoc(function), metadata={"allow": allow}
        )

    return declare


def followed(item: Any, *, allow: Allow) -> Callable[[Callable[..., Awaitable[Any]]], Any]:
    """A root subscription field that follows the firm's stream; `item` is what it can say.

    The function returns the Follow that its arguments come to, which the server then runs once for
    all who ask for the same: that is all that this field's own stream ever holds.
    """

    def declare(function: Callable[..., Awaitable[Any]]) -> Any:
        @functools.wraps(function)
        async def resolve(root: Any, info: Info, **arguments: Any) -> Any:
            admit(info.context, allow)
            yield await function(info, **arguments)

        resolve.__annotations__["return"] = AsyncGenerator[item, None]
        _take_arguments(resolve, list(inspect.signature(function).parameters.values())[1:])
        return strawberry.subscription(
            resolver=resolve, description=inspect.getdoc(function),
            metadata={"allow": allow, "follows": True},
        )  # fmt: skip

    return declare


def _take_arguments(resolve: Any, parameters: Sequence[inspect.Parameter]) -> None:
    """Give a wrapper the arguments of what it wraps, the way Strawberry reads them."""
    resolve.__dict__.pop("__wrapped__", None)
    named = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in parameters]
    first = [inspect.Parameter(name, inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=kind)
             for name, kind in (("root", Any), ("info", Info))]  # fmt: skip
    returns = resolve.__annotations__.get("return", inspect.Signature.empty)
    if returns is Any:
        returns = inspect.Signature.empty
    resolve.__signature__ = inspect.Signature([*first, *named], return_annotation=returns)
    resolve.__annotations__ = {p.name: p.annotation for p in (*first, *named)}
    if returns is not inspect.Signature.empty:
        resolve.__annotations__["return"] = returns


def argument(description: str) -> Any:
    return strawberry.argument(description=description)
