"""Another firm's things, and hidden ones, are answered like things that do not exist.

Walked along the whole contract over real HTTP and sockets: each place that takes an id is given
a real one of the other firm, an unknown one and one of another kind. It stands beside the tests
of the server because what answers is everything together, from the wire to row-level security.
"""

import re
from typing import Any

import pytest
from graphql import is_object_type

from models.members import Member
from models.sign_in import Credential, hashed
from models.unit_of_work import unit_of_work
from schema import ids
from schema.nodes import TYPE_NAMES
from schema.staff import staff
from tests.cast import two_firms
from tests.server.outside import Outside, events_of
from tests.server.worlds import WORD, World, code_of, fresh, told, unknown_id
from tests.stock import Stock, stock_of
from tests.walk import ANY, FITTING, Place, Root, roots

ROOTS = [
    pytest.param(root, id=str(root)) for root in roots(staff(), "query", "mutation", "subscription")
]
_CREATING = ("createApiToken", "createMember", "createTeam", "createClient", "createContact", "createEngagement", "createWorkflow", "addStage",
             "createService", "createJob", "createRequest", "sendMessage", "startUpload", "createTask", "addComment",
             "logTime", "draftInvoice", "raiseReviewPoint", "createTemplate", "applyTemplate", "startRecurrence")  # fmt: skip
ANSWERED = {
    **{f"{verb} input.id": "ID_TAKEN" for verb in _CREATING},
    "signIn None": "SIGN_IN_REFUSED",
    "signIn input.firmId": "SIGN_IN_REFUSED",
    "completeTask None": "BLOCKED",
    "acceptItem None": "NOTHING_CAME",
    "rejectItem None": "NOTHING_CAME",
    "deleteTask None": "TIME_BOOKED",
    "signOffReview None": "POINTS_OPEN",
    "retireStage None": "STAGE_IN_USE",
    "endMember None": "LAST_OWNER",
    "draftInvoice input.jobId": "NOTHING_TO_BILL",
    "draftInvoice input.clientId": "NOTHING_TO_BILL",
}
"""What the call with an id of one's own is answered, where it is not simply done."""

_MADE = re.compile(
    r'"[a-z]+_[0-9a-f]{32}"|"[\w-]{32}"|"#[0-9a-f]{6}"|"position":"\w+"|"op_live_[\w-]+"|Text \d+|\d+@post'
)


pytestmark = pytest.mark.files


@pytest.fixture(scope="module")
async def outside(filing: Outside) -> Outside:
    """With a place for files: every call finds all that it needs."""
    return filing


@pytest.fixture(scope="module", params=["cleo", "finn"])
async def insider(outside: Outside, request: pytest.FixtureRequest) -> World:
    """Who sees most of a firm: a manager without the restricted client, a contractor without one
    that is not assigned to them."""
    house = (await two_firms()).harbour
    cleo = request.param == "cleo"
    person, holder, client = (
        (house.cleo, house.ben, house.vault) if cleo else (house.finn, house.ada, house.mill)
    )
    await outside.key_of(person)
    own = await stock_of(house, person, house.bakery, "Own")
    return World(person, own, await stock_of(house, holder, client, WORD, openly="Open"))


@pytest.mark.parametrize("root", ROOTS)
async def test_another_firms_ids_are_answered_like_unknown_ones(
    outside: Outside, harbour: World, root: Root
) -> None:
    here, there = await events_of(harbour.own.house), await events_of(harbour.strange.house)
    for place in root.id_places:
        for kind in harbour.kinds(place):
            unknown = await told(outside, harbour, root, place, unknown_id(kind))
            if root.kind == "mutation" and code_of(unknown) == "DONE":
                await _is_an_id_for_something_new(outside, harbour.strange, root, place)
                here = await events_of(harbour.own.house)
                continue
            assert (
                await told(outside, harbour, root, place, harbour.strange.written(kind)) == unknown
            )
            if place.prefix != ANY:
                other_kind = harbour.own.written("session")
                assert await told(outside, harbour, root, place, other_kind) == unknown
    assert await events_of(harbour.own.house) == here
    assert await events_of(harbour.strange.house) == there


async def _is_an_id_for_something_new(
    outside: Outside, strange: Stock, root: Root, place: Place
) -> None:
    """A client's own id for what it creates: another firm's use of it neither hinders nor shows."""
    assert place.path[-1] == "id", f"{root} takes an unknown {place}"
    answers = []
    for id in (strange.written(str(place.prefix)), unknown_id(str(place.prefix))):
        answer = await told(outside, await fresh(outside, strange), root, place, id)
        assert '"id":"<id>"' in answer, f"{root} {place}: {answer}"
        answers.append(_MADE.sub("…", answer))
    assert answers[0] == answers[1]


@pytest.mark.parametrize("root", ROOTS)
async def test_with_ids_of_ones_own_each_call_finds_its_things(
    outside: Outside, harbour: World, root: Root
) -> None:
    """The walk would be worth nothing if calls were refused before they look for anything."""
    world = await fresh(outside, harbour.strange) if root.kind == "mutation" else harbour
    # What a call needs it has anyhow; a change could not be made a second time.
    further = [place for place in root.id_places if root.kind != "mutation" or not place.required]
    for place in (None, *further):
        answer = await told(outside, world, root, place)
        assert code_of(answer) == ANSWERED.get(f"{root.name} {place}", "DONE"), f"{place} {answer}"
        if place and root.kind != "mutation":
            assert await _finds(outside, world, root, place), f"{root} {place} finds nothing"


async def _finds(outside: Outside, world: World, root: Root, place: Place) -> bool:
    """Whether any thing of one's own is told of otherwise than one that does not exist."""
    kind = str(place.prefix)
    nothing = await told(outside, world, root, place, unknown_id(kind))
    for id in (FITTING, *(ids.written(kind, id) for id in world.own.ids.get(kind, ()))):
        if await told(outside, world, root, place, id) != nothing:
            return True
    return False


@pytest.mark.parametrize("kind", [ids.PREFIX_OF[model] for model in TYPE_NAMES])
async def test_a_node_of_ones_own_is_found(outside: Outside, harbour: World, kind: str) -> None:
    id = harbour.own.written(kind)

    found = await outside.ask(harbour.person, "query ($id: ID!) { node(id: $id) { id } }", id=id)

    assert found == {"node": {"id": id}}


@pytest.mark.parametrize("root", ROOTS)
async def test_what_is_hidden_within_a_firm_is_answered_like_what_does_not_exist(
    outside: Outside, insider: World, root: Root
) -> None:
    if root.kind != "mutation":
        await told(outside, insider, root)
    for place in root.id_places:
        for kind in insider.kinds(place):
            before = await events_of(insider.own.house)
            hidden = await told(outside, insider, root, place, insider.strange.written(kind))
            assert await events_of(insider.own.house) == before
            unknown = await told(outside, insider, root, place, unknown_id(kind))
            if root.kind == "mutation" and code_of(unknown) == "DONE":
                # Unique in the firm: it cannot be made again, and that is all that is said.
                assert code_of(hidden) == "NOT_FOUND", f"{root} {place}: {hidden}"
            else:
                assert hidden == unknown, f"{root} {place}"


async def test_signing_in_to_a_firm_that_is_not_theirs_is_refused_like_an_unknown_one(
    outside: Outside, harbour: World
) -> None:
    password = "a password of Ada's own"
    async with unit_of_work(harbour.person):
        await Credential.set(await Member.me(), await hashed(password))

    async def sign_in(firm_id: str) -> Any:
        asked = {"email": "ada@harbour.example", "password": password, "firmId": firm_id}
        answer = await outside.post(None, query=SIGN_IN, variables={"input": asked})
        return answer.json()["data"]["signIn"]

    refused = await sign_in(unknown_id("firm"))

    assert refused["errors"][0]["code"] == "SIGN_IN_REFUSED"
    assert await sign_in(harbour.strange.written("firm")) == refused
    assert await sign_in(harbour.own.written("session")) == refused
    assert (await sign_in(harbour.own.written("firm")))["token"]


SIGN_IN = "mutation ($input: SignInInput!) { signIn(input: $input) { token errors { code path } } }"


REPORTS = {
    ("Reports", report, argument)
    for report, arguments in {
        "worked": ("period", "groupBy", "filter"), "utilisation": ("period", "groupBy", "filter"),
        "billing": ("period", "groupBy", "filter"), "agedReceivables": ("on", "filter"),
        "turnaround": ("period", "groupBy", "filter"),
    }.items()
    for argument in arguments
} | {(parent, "figures", "period") for parent in ("Client", "Job", "Member")}  # fmt: skip
"""Their ids are tested in tests/resolvers/reports/test_strangers.py."""


def test_below_the_root_columns_and_reports_alone_take_arguments() -> None:
    """What the walk does not reach: a new argument there needs a test of its own."""
    taken = {
        (name, field, argument)
        for name, kind in staff().type_map.items()
        if is_object_type(kind) and not name.startswith("__")
        and name not in ("Query", "Mutation", "Subscription")
        for field, declared in kind.fields.items() for argument in declared.args
    }  # fmt: skip

    assert (
        taken
        == {
            (column, cards, argument)
            for column, cards in (("JobColumn", "jobs"), ("TaskColumn", "tasks"))
            for argument in ("first", "after")
        }
        | {("Recurrence", "upcoming", "first"), ("Engagement", "ending", "lastDay")}
        | REPORTS
    )
