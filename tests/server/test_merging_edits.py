"""Edits of different fields both stand; of the same field the later one is told of the first.

Every verb that edits is tried over the whole contract; one that is new has to be named here.
"""

from typing import Any

import pytest
from graphql import get_named_type, is_object_type

from portal.schema import portal
from schema.staff import staff
from tests.server.outside import Outside
from tests.server.worlds import World
from tests.walk import Root, roots

EDITS: dict[str, tuple[str, dict[str, Any]]] = {
    "updateFirm": ("name", {"paymentTermsDays": 20, "holidayCalendar": "GERMANY"}),
    "updateLegalEntity": ("name", {"taxIds": [{"name": "VAT", "number": "GB123456789"}]}),
    "updateMember": ("name", {"grade": "Senior"}),
    "updateTeam": ("name", {}),
    "updateClient": ("name", {"paymentTermsDays": 20}),
    "updateContact": ("name", {"phone": "+44 20 7946 0000"}),
    "updateService": ("name", {}),
    "updateWorkflow": ("name", {}),
    "updateStage": ("name", {"requiresSignOff": True}),
    "updateJob": ("title", {"dueDate": "2031-01-31"}),
    "updateTask": ("title", {"estimateSeconds": 4200}),
    "updateComment": ("body", {}),
    "updateTimeEntry": ("note", {"seconds": 420}),
    "updateInvoiceLine": ("description", {"taxRate": "7.50", "taxCategory": "STANDARD"}),
    "updateDocument": ("name", {"shared": False}),
}
"""For each verb a text that it edits, and what else it edits, where it does."""

VERBS = {root.name: root for schema in (staff(), portal()) for root in roots(schema, "mutation")}
ANOTHER_TEST_S = {"setTemplateSteps": "test_applying_live.py"}
ME = "{ viewer { member { name } } }"
PROBLEM = "errors { code message path ... on Conflict { version changedFields } }"


def test_every_verb_that_edits_is_tried() -> None:
    edits = {name for name, root in VERBS.items() if name.startswith("update")}
    versioned = {name for name, root in VERBS.items()
                 if any(place.path[-1] == "expectedVersion" for place in root.places)}  # fmt: skip

    assert edits == set(EDITS)
    assert versioned == edits | set(ANOTHER_TEST_S)


@pytest.mark.parametrize("name", EDITS)
async def test_edits_of_different_fields_both_stand_and_of_one_field_the_second_is_a_conflict(
    outside: Outside, harbour: World, name: str
) -> None:
    root, (text, more) = VERBS[name], EDITS[name]

    async def edit(**changes: Any) -> Any:
        return await _edit(outside, harbour, root, changes)

    seen = (await edit(**{text: "One.pdf"}))["version"]
    assert (await edit(**{text: "Two.pdf"}, expectedVersion=seen))["errors"] == []
    if more:
        merged = await edit(**more, expectedVersion=seen)
        assert (merged["errors"], merged["version"]) == ([], seen + 2)
    refused = await edit(**{text: "Three.pdf"}, **more, expectedVersion=seen)
    again = await edit(**{text: "Two.pdf"}, expectedVersion=seen)

    assert refused["errors"] == [{
        "code": "CONFLICT", "path": ["input", "expectedVersion"], "changedFields": [text],
        "version": again["version"], "message": refused["errors"][0]["message"],
    }]  # fmt: skip
    who = (await outside.ask(harbour.person, ME))["viewer"]["member"]["name"]
    assert refused["errors"][0]["message"].startswith(f"{who} changed the {text} of this ")
    assert again["errors"] == [], "to say what stands there already is no conflict"


async def _edit(outside: Outside, world: World, root: Root, changes: dict[str, Any]) -> Any:
    """What the verb answers: the version of the thing, and what stood against it."""
    payload: Any = get_named_type(root.field.type)
    (thing,) = [label for label, part in payload.fields.items()
                if is_object_type(kind := get_named_type(part.type)) and "version" in kind.fields
                ][:1]  # fmt: skip
    request = root.request(world.own, asked=f"{{ {thing} {{ version }} {PROBLEM} }}")
    said = {key: value for key, value in request["variables"]["input"].items() if key == "id"}
    request["variables"]["input"] = said | changes
    answer = (await outside.ask(world.person, request["query"], **request["variables"]))[root.name]
    return {"version": answer[thing]["version"], "errors": answer["errors"]}
