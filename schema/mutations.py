"""Declaring a mutation: who may, what goes in, which verb, what comes back.

The field opens the unit of work, so a verb either happens whole or leaves no trace. Its payload
is read afterwards, in a snapshot that begins after the commit.
"""

import dataclasses
import hashlib
import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID, uuid4

import orjson
import strawberry
from strawberry import Info

from models import constraints
from models.base import FirmModel
from models.idempotency import remember, remembered
from models.unit_of_work import unit_of_work
from models.viewer import Viewer
from schema import ids
from schema.fields import Allow, admit, field, relation
from schema.inputs import given, given_field, input_type
from schema.payloads import EXPECTED, UserError, refusal, stream_cursor
from schema.scalars import StreamCursor

Verb = Callable[..., Awaitable[Any]]
_TAKEN: set[tuple[str, str]] = set()


@dataclass(frozen=True)
class _Declared:
    """A mutation as it runs: its name, its verb, and what of its answer goes out."""

    name: str
    verb: Verb
    returned: tuple[str, ...]
    shown_once: tuple[str, ...]
    deletes: type[FirmModel] | None
    ahead: Verb | None


def verb_input(description: str) -> Callable[[type], type]:
    """An input type; each one also takes an idempotency key."""

    def declare(cls: type) -> type:
        if hasattr(cls, "idempotency_key"):  # a verb that takes just what another one takes
            return input_type(description)(cls)
        cls.__annotations__ = {**cls.__annotations__, "idempotency_key": str | None}
        setattr(cls, "idempotency_key", given_field(  # noqa: B010
            "A key of your own, at most 255 characters: the same call under the same key is made"
            " once and answered alike; another call under it is refused."))  # fmt: skip
        return input_type(description)(cls)

    return declare


def mutation(
    verb: Verb,
    *,
    input: type,
    returns: Mapping[str, tuple[type, type[FirmModel]]],
    allow: Allow,
    description: str,
    deletes: type[FirmModel] | None = None,
    shown_once: Mapping[str, Any] | None = None,
    ahead: Verb | None = None,
    streamed: bool = True,
) -> Any:
    """A mutation field.

    `verb` takes the input's fields by name and returns the changed thing, or a mapping of the
    names in `returns` to things. One that `deletes` answers with `deletedId` instead. What is
    `shown_once` (a new secret) is in the first answer alone, and never stored. What others take
    their time for, such as a look at the file store, is done `ahead` of the unit of work: it gets
    the viewer and the input, and the verb gets what it found. Where the stream cannot be followed
    no place in it is told (`streamed`).
    """
    _must_fit(verb, input, ahead)
    name = input.__name__
    # Each schema has types of its own; they are declared in rooms of their own.
    taken = (input.__module__.partition(".")[0], name)
    if taken in _TAKEN:
        raise TypeError(f"{name} is the input of another mutation: derive one from it")
    _TAKEN.add(taken)
    once = dict(shown_once or {})
    payload = _payload(name, returns, allow, deletes is not None, once, streamed=streamed)
    declared = _Declared(name, verb, tuple(returns), tuple(once), deletes, ahead)

    async def resolve(root: Any, info: Info, input: Any) -> Any:
        admit(info.context, allow)
        return await _run(declared, input, info.context.viewer)

    resolve.__annotations__ = {
        "root": Any,
        "info": Info,
        "input": Annotated[input, strawberry.argument(description="All that the verb takes.")],
        "return": payload | None,
    }
    return strawberry.field(
        resolver=resolve, description=description, metadata={"allow": allow, "cost": 10}
    )


async def _run(declared: _Declared, input: Any, viewer: Viewer) -> dict[str, Any]:
    subject: UUID | None = None
    named: dict[str, UUID] = {}
    try:
        values = given(input)
        key = values.pop("idempotency_key", None)
        subject = values.get("id")
        named = _named(declared, values, viewer)
        found = {} if declared.ahead is None else {"ahead": await declared.ahead(viewer, **values)}
        async with unit_of_work(viewer) as unit:
            call = declared.name.encode() + orjson.dumps(values, default=str)
            answer = await remembered(key, hashlib.sha256(call).digest())
            if answer is None:
                answer = _ids(await declared.verb(**values, **found), declared)
                await remember(key, {
                    name: id for name, id in answer.items() if name not in declared.shown_once
                })  # fmt: skip
            events = unit.events
    except EXPECTED as error:
        refused = refusal(error)
    except constraints.VIOLATIONS as error:
        refused = refusal(constraints.explained(error))
    else:
        return _row(declared, answer, events) | _deleted(declared, subject)
    return _row(declared, named, []) | {"errors": [refused]}


def _named(
    declared: _Declared, values: Mapping[str, Any], viewer: Viewer | None
) -> dict[str, UUID]:
    """What of the answer the input names, the first by `id`: a refusal tells how it stands. The
    firm is named by whoever asks."""
    said = {label: values.get(f"{label}_id") for label in declared.returned}
    if viewer is not None and "firm" in declared.returned:
        said["firm"] = viewer.firm_id
    if declared.returned and "id" in values:
        said[declared.returned[0]] = values["id"]
    return {label: id for label, id in said.items() if id is not None}


def _ids(result: Any, declared: _Declared) -> dict[str, Any]:
    """The ids of what the verb returned, and what is shown once as it is."""
    if isinstance(result, FirmModel):
        result = {declared.returned[0]: result}
    return {name: None if thing is None else thing.id if isinstance(thing, FirmModel) else thing
            for name, thing in (result or {}).items()}  # fmt: skip


def _row(declared: _Declared, answer: Mapping[str, Any], events: list[UUID]) -> dict[str, Any]:
    return {
        "id": uuid4(), "errors": [], "events": list(events), "deleted_id": None,
        **dict.fromkeys(declared.returned + declared.shown_once), **answer,
    }  # fmt: skip


def _deleted(declared: _Declared, subject: UUID | None) -> dict[str, str]:
    if declared.deletes is None or subject is None:
        return {}
    return {"deleted_id": ids.written(ids.PREFIX_OF[declared.deletes], subject)}


def _payload(
    name: str,
    returns: Mapping[str, tuple[type, type[FirmModel]]],
    allow: Allow,
    deletes: bool,
    once: Mapping[str, Any],
    *,
    streamed: bool,
) -> type:
    fields: dict[str, Any] = {}
    annotations: dict[str, Any] = {}
    for label, (kind, model) in returns.items():
        annotations[label] = kind | None
        fields[label] = relation(model, by=label, allow=allow, description=_what(label))
    for label, kind in once.items():
        annotations[label] = kind | None
        fields[label] = field(f"The new {label}: shown this once, never again.")
    if deletes:
        annotations["deleted_id"] = strawberry.ID | None
        fields["deleted_id"] = field("The id of what was removed; null when refused.")
    annotations["errors"] = list[UserError]
    fields["errors"] = field("Why it was refused; empty when it was done.")
    if streamed:
        annotations["stream_cursor"] = StreamCursor | None
        fields["stream_cursor"] = stream_cursor()
    return strawberry.type(
        type(f"{name}Payload", (), {**fields, "__annotations__": annotations,
                                    "__module__": __name__}),
        description=f"What {name[0].lower() + name[1:]} answers.",
    )  # fmt: skip


def _what(label: str) -> str:
    words = label.replace("_", " ")
    return f"The {words} as it now is; after a refusal as it stands, where the input named it."


def _must_fit(verb: Verb, input: type, ahead: Verb | None) -> None:
    """A verb takes exactly what its input offers; a mismatch fails at import."""
    offered = {entry.name for entry in dataclasses.fields(input)} - {"idempotency_key"}
    offered |= {"ahead"} if ahead is not None else set()
    parameters = inspect.signature(verb).parameters.values()
    takes = {p.name for p in parameters if p.kind is inspect.Parameter.KEYWORD_ONLY}
    open_ended = any(p.kind is inspect.Parameter.VAR_KEYWORD for p in parameters)
    if takes - offered or (offered - takes and not open_ended):
        raise TypeError(f"{verb.__qualname__} and {input.__name__} do not fit: {takes ^ offered}")
