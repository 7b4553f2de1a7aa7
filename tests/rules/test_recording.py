"""The forgettable step does not exist: whoever forgets it is stopped, not trusted."""

from collections.abc import Callable
from typing import Any

import pytest

from models.database import OutsideUnitOfWork
from models.members import Member
from models.permissions import Permission
from models.queries import ForgottenEvent
from models.tasks import Task
from models.teams import Team
from models.unit_of_work import current, reading
from schema.fields import batch, children, live, query, relation
from schema.inputs import reference
from schema.mutations import mutation, verb_input
from subscriptions.events import models
from tests.cast import Cast
from tests.verify import verify_refusal

EVERY_MODEL = sorted(models().values(), key=lambda model: model.table())
Attempt = Callable[[Any], Any]

WAYS_TO_WRITE: dict[str, Attempt] = {
    "save": lambda team: team.save(),
    "delete": lambda team: team.delete(),
    "get_or_create": lambda _: Team.get_or_create(name="Ghosts"),
    "update_or_create": lambda _: Team.update_or_create(name="Ghosts"),
    "bulk_create": lambda team: Team.bulk_create([team]),
    "bulk_update": lambda team: Team.bulk_update([team], ["name"]),
    "raw": lambda _: Team.raw("delete from team"),
    "update of a query": lambda team: Team.filter(id=team.id).update(name="Ghosts"),
    "delete of a query": lambda team: Team.filter(id=team.id).exclude(name="x").delete(),
    "bulk_update of a query": lambda team: Team.all().bulk_update([team], ["name"]),
    "bulk_create of a query": lambda team: Team.all().order_by("id").bulk_create([team]),
    "raw of a query": lambda _: Team.all().raw("delete from team"),
}
"""Tortoise's own, none of which writes an event."""


@pytest.mark.parametrize("way", WAYS_TO_WRITE)
async def test_nothing_is_written_without_its_event(way: str, cast: Cast) -> None:
    async with verify_refusal(cast.harbour, cast.harbour.ada, ForgottenEvent):
        team = await Team.get(id=cast.harbour.taxes)
        team.name = "Ghosts"
        await WAYS_TO_WRITE[way](team)


@pytest.mark.parametrize("model", EVERY_MODEL, ids=lambda model: model.table())
def test_every_model_stands_behind_the_same_wall(model: type[Any]) -> None:
    for name in ("save", "delete", "update_or_create", "get_or_create", "bulk_create"):
        with pytest.raises(ForgottenEvent):
            getattr(model, name)()
    with pytest.raises(ForgottenEvent):
        model._meta.manager.get_queryset().update()


READS: dict[str, Attempt] = {
    "get": lambda team: Team.get(id=team),
    "filter": lambda team: Team.filter(id=team),
    "count": lambda _: Team.all().count(),
    "first": lambda _: Team.first(),
    "find": Team.find,
}


@pytest.mark.parametrize("read", READS)
async def test_a_query_outside_a_unit_of_work_raises_and_inside_answers(
    read: str, cast: Cast
) -> None:
    with pytest.raises(OutsideUnitOfWork):
        await READS[read](cast.harbour.taxes)
    async with reading(cast.harbour.ada):
        assert await READS[read](cast.harbour.taxes)


async def test_a_unit_of_work_that_is_over_answers_no_more(cast: Cast) -> None:
    async with reading(cast.harbour.ada) as unit:
        await Team.load(cast.harbour.taxes, lock=False)
    with pytest.raises(OutsideUnitOfWork):
        await unit.fetch("select 1")
    with pytest.raises(OutsideUnitOfWork):
        current()


# ------------------------------------------------------------------- who may call is never left out


@verb_input("Form a team of nobody.")
class Ghosts:
    id: str = reference(Team, "Which.", optional=False)


async def _form(*, id: str) -> Team:
    raise AssertionError(id)


def _declared(declare: Any, *given: Any, **named: Any) -> Callable[..., Any]:
    return lambda **allow: declare(*given, **named, **allow)


DECLARATIONS = {
    "query": _declared(query),
    "live": _declared(live),
    "relation": _declared(relation, Member, by="member_id", description="Who."),
    "children": _declared(children, Task, by="job_id", description="Which."),
    "batch": _declared(batch, _form, description="What."),
    "mutation": _declared(
        mutation, _form, input=Ghosts, returns={"team": (object, Team)}, description="Form."
    ),
}


@pytest.mark.parametrize("kind", DECLARATIONS)
def test_a_field_that_does_not_say_who_may_call_it_cannot_be_declared(kind: str) -> None:
    with pytest.raises(TypeError, match="'allow'"):
        DECLARATIONS[kind]()
    assert DECLARATIONS[kind](allow=Permission.READ_FIRM)
