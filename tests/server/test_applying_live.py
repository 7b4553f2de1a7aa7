"""From a template to a card that everybody sees appear, through the contract alone."""

from typing import Any

import pytest

from models.clients import firm_today
from models.recurrences import Recurrence
from models.unit_of_work import unit_of_work
from resolvers.background import make_due_jobs
from schema import ids
from tests.cast import House, one_firm
from tests.server.outside import Outside
from tests.server.talking import hear, subscribe
from tests.templates import bookkeeping_template

DESIGN = """mutation ($input: CreateTemplateInput!) { createTemplate(input: $input) {
  template { id publishedVersion { number } lastVersion { number steps {
    number title role dependsOn due { anchor count unit } } } } errors { code path } } }"""
PUBLISH = """mutation ($id: ID!) { publishTemplate(input: {id: $id}) {
  template { publishedVersion { number } } templateVersion { publishedAt } errors { code } } }"""
SET = """mutation ($input: SetTemplateStepsInput!) { setTemplateSteps(input: $input) {
  template { version } errors { code path ... on Conflict { version changedFields } } } }"""
APPLY = """mutation ($input: ApplyTemplateInput!) { applyTemplate(input: $input) {
  job { id title owner { name } templateVersion { number template { name } }
    tasks { title dueDate assignee { name } blockedBy { title } } } errors { code message } } }"""
START = """mutation ($input: StartRecurrenceInput!) { startRecurrence(input: $input) {
  recurrence { id rule nextDate due { count unit } upcoming(first: 2) {
    key periodStart periodEnd startDate dueDate madeOn } } errors { code path } } }"""
PLAN = """query ($plan: TemplatePlan!) { plannedJob(plan: $plan) { title owner { name }
  steps { title dueDate assignee { name } dependsOn } } }"""
FOLLOW = """subscription { boardChanges(filter: {scope: EVERYTHING, due: ANY}) {
  ... on BoardChanges { changes { job { title } } } } }"""


def written(kind: str, id: Any) -> str:
    return ids.written(kind, id)


async def template_of(outside: Outside, house: House) -> str:
    """Monthly books, designed and published through the contract."""
    steps: list[dict[str, Any]] = [
        {"title": "Post", "role": "PREPARER",
         "due": {"anchor": "PERIOD_END", "count": 5, "unit": "BUSINESS_DAYS"}},
        {"title": "Check", "role": "REVIEWER", "dependsOn": [1],
         "due": {"anchor": "DUE", "count": 0, "unit": "CALENDAR_DAYS"}},
    ]  # fmt: skip
    made = await outside.ask(house.cleo, DESIGN, input={
        "serviceId": written("service", house.bookkeeping), "name": "Books", "steps": steps,
        "ownerRole": "PARTNER",
    })  # fmt: skip
    template = made["createTemplate"]["template"]
    assert template["publishedVersion"] is None
    assert template["lastVersion"]["steps"] == [
        {"dependsOn": [], "number": 1, **steps[0]}, {"number": 2, **steps[1]},
    ]  # fmt: skip
    published = await outside.ask(house.cleo, PUBLISH, id=template["id"])
    assert published["publishTemplate"]["template"] == {"publishedVersion": {"number": 1}}
    return str(template["id"])


async def test_who_edits_steps_that_somebody_set_meanwhile_is_told(outside: Outside) -> None:
    house = await one_firm()
    edit = {"id": await template_of(outside, house), "expectedVersion": 1}
    first = await outside.ask(house.cleo, SET, input={**edit, "steps": [{"title": "Mine"}]})
    second = await outside.ask(house.cleo, SET, input={**edit, "steps": [{"title": "Late"}]})

    assert first["setTemplateSteps"] == {"template": {"version": 2}, "errors": []}
    assert second["setTemplateSteps"]["errors"] == [{
        "code": "CONFLICT", "path": ["input", "expectedVersion"], "version": 2,
        "changedFields": ["steps"],
    }]  # fmt: skip


async def test_a_template_becomes_a_card_on_everybodys_board(outside: Outside) -> None:
    house = await one_firm()
    template_id = await template_of(outside, house)
    async with outside.socket(house.eve) as socket:
        await subscribe(socket, "1", FOLLOW)
        await hear(socket)  # the stream has begun

        made = await outside.ask(house.dan, APPLY, input={
            "templateId": template_id, "clientId": written("client", house.bakery),
            "periodStart": "2026-07-01", "periodEnd": "2026-09-30", "startDate": "2026-10-01",
            "dueDate": "2026-10-30",
        })  # fmt: skip
        seen = await hear(socket)

    assert made["applyTemplate"] == {"errors": [], "job": {
        "id": made["applyTemplate"]["job"]["id"], "title": "Books Jul–Sept 2026",
        "owner": {"name": "Ben"},
        "templateVersion": {"number": 1, "template": {"name": "Books"}},
        "tasks": [
            {"title": "Post", "dueDate": "2026-10-07", "assignee": {"name": "Dan"},
             "blockedBy": []},
            {"title": "Check", "dueDate": "2026-10-30", "assignee": {"name": "Eve"},
             "blockedBy": [{"title": "Post"}]},
        ],
    }}  # fmt: skip
    changes = seen["payload"]["data"]["boardChanges"]["changes"]
    assert {change["job"]["title"] for change in changes} == {"Books Jul–Sept 2026"}


async def test_what_is_planned_is_what_is_made_and_nothing_is_made_yet(outside: Outside) -> None:
    house = await one_firm()
    plan = {"templateId": await template_of(outside, house), "startDate": "2026-10-01",
            "clientId": written("client", house.bakery), "periodStart": "2026-07-01",
            "periodEnd": "2026-09-30", "dueDate": "2026-10-30"}  # fmt: skip

    planned = (await outside.ask(house.dan, PLAN, plan=plan))["plannedJob"]

    assert planned["steps"][1]["dependsOn"] == [1]
    counted = await outside.ask(house.dan, "{ jobs(filter: {title: {startsWith: \"Books Jul\"}})"
                                " { totalCount } }")  # fmt: skip
    assert counted["jobs"]["totalCount"] == 0
    made = (await outside.ask(house.dan, APPLY, input=plan))["applyTemplate"]["job"]
    assert (made["title"], made["owner"]) == (planned["title"], planned["owner"])
    assert [(task["title"], task["dueDate"], task["assignee"]) for task in made["tasks"]] == [
        (step["title"], step["dueDate"], step["assignee"]) for step in planned["steps"]
    ]


async def test_a_client_that_is_hidden_is_planned_for_by_nobody_who_does_not_see_it(
    outside: Outside,
) -> None:
    house = await one_firm()
    plan = {"templateId": await template_of(outside, house),
            "clientId": written("client", house.vault)}  # fmt: skip

    answer = await outside.post(house.dan, query=PLAN, variables={"plan": plan})

    assert [error["extensions"]["code"] for error in answer.json()["errors"]] == ["NOT_FOUND"]


async def test_a_recurrence_tells_what_it_will_make(outside: Outside) -> None:
    house = await one_firm()
    template_id = await template_of(outside, house)
    made = await outside.ask(house.cleo, START, input={
        "templateId": template_id, "clientId": written("client", house.bakery),
        "rule": "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", "firstDate": "2027-01-01",
        "horizonDays": 10, "due": {"count": 1, "unit": "MONTHS"}, "businessDayRule": "AFTER",
    })  # fmt: skip
    assert made["startRecurrence"]["errors"] == []
    recurrence = made["startRecurrence"]["recurrence"]
    assert recurrence["due"] == {"count": 1, "unit": "MONTHS"}
    assert recurrence["upcoming"] == [
        {"key": "2027-01-31", "periodStart": "2026-11-01", "periodEnd": "2027-01-31",
         "startDate": "2027-02-01", "dueDate": "2027-03-01", "madeOn": "2027-01-21"},
        {"key": "2027-04-30", "periodStart": "2027-02-01", "periodEnd": "2027-04-30",
         "startDate": "2027-05-01", "dueDate": "2027-05-31", "madeOn": "2027-04-20"},
    ]  # fmt: skip

    listed = await outside.ask(
        house.dan,
        """{ recurrences(first: 5) { totalCount nodes {
      client { name recurrences { id } } template { name } upcoming(first: 1) { key } } } }""",
    )
    assert listed["recurrences"] == {"totalCount": 1, "nodes": [{
        "client": {"name": "The Bakery", "recurrences": [{"id": recurrence["id"]}]},
        "template": {"name": "Books"}, "upcoming": [{"key": "2027-01-31"}],
    }]}  # fmt: skip

    ended = await outside.ask(house.cleo, """mutation ($id: ID!) {
      endRecurrence(input: {id: $id, endedOn: "2027-02-15"}) {
        recurrence { endedOn upcoming { key } } errors { code } } }""", id=recurrence["id"])  # fmt: skip
    assert ended["endRecurrence"] == {"errors": [], "recurrence": {
        "endedOn": "2027-02-15", "upcoming": [{"key": "2027-01-31"}],
    }}  # fmt: skip


async def test_what_comes_back_is_due_on_no_holiday_and_not_where_it_is_left_out(
    outside: Outside,
) -> None:
    house = await one_firm()
    kept = await outside.ask(house.ada, """mutation {
      updateFirm(input: {holidayCalendar: ENGLAND_AND_WALES}) {
        firm { holidayCalendar } errors { code } } }""")  # fmt: skip
    assert kept["updateFirm"] == {"firm": {"holidayCalendar": "ENGLAND_AND_WALES"}, "errors": []}

    made = await outside.ask(house.cleo, """mutation ($input: StartRecurrenceInput!) {
      startRecurrence(input: $input) { errors { code }
        recurrence { exceptDates upcoming(first: 2) { key dueDate } } } }""", input={
        "templateId": await template_of(outside, house), "rule": "FREQ=MONTHLY;BYMONTHDAY=25",
        "clientId": written("client", house.bakery), "firstDate": "2027-12-01",
        "exceptDates": ["2028-01-25"], "businessDayRule": "AFTER",
    })  # fmt: skip
    assert made["startRecurrence"] == {"errors": [], "recurrence": {
        "exceptDates": ["2028-01-25"],
        "upcoming": [
            {"key": "2027-12-25", "dueDate": "2027-12-29"},
            {"key": "2028-02-25", "dueDate": "2028-02-25"},
        ],
    }}  # fmt: skip


@pytest.mark.parametrize("first", [0, 51, -1])
async def test_no_more_periods_are_shown_than_can_be_looked_at(
    first: int, outside: Outside
) -> None:
    house = await one_firm()
    async with unit_of_work(house.cleo):
        template = await bookkeeping_template(house)
        await Recurrence.start(client_id=house.bakery, template_id=template.id,
                               rule="FREQ=DAILY", first_date=await firm_today())  # fmt: skip
    answer = await outside.post(
        house.cleo, query=f"{{ recurrences {{ nodes {{ upcoming(first: {first}) {{ key }} }} }} }}"
    )
    (error,) = answer.json()["errors"]
    assert error["extensions"]["code"] in ("INVALID", "BAD_INPUT")


async def test_staff_apply_templates_and_managers_make_them(outside: Outside) -> None:
    house = await one_firm()
    refused = await outside.ask(house.dan, "{ viewer { permissions } }")
    assert "MANAGE_WORK" not in refused["viewer"]["permissions"]
    answer = (await outside.post(house.dan, query=DESIGN, variables={"input": {
        "serviceId": written("service", house.bookkeeping), "name": "Mine",
    }})).json()  # fmt: skip
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_the_job_of_a_period_tells_what_made_it(outside: Outside) -> None:
    house = await one_firm()
    template_id = await template_of(outside, house)
    today = (await outside.ask(house.dan, "{ serverTime }"))["serverTime"][:10]
    made = await outside.ask(house.cleo, START, input={
        "templateId": template_id, "clientId": written("client", house.bakery),
        "rule": "FREQ=YEARLY", "firstDate": today,
    })  # fmt: skip
    recurrence = made["startRecurrence"]["recurrence"]
    assert await make_due_jobs(house.id, ids.read(recurrence["id"], "recurrence")) == 1
    listed = await outside.ask(
        house.dan,
        '{ jobs(filter: {title: {startsWith: "Books "}}) { nodes { recurrence { id } } } }',
    )
    assert listed["jobs"]["nodes"] == [{"recurrence": {"id": recurrence["id"]}}]
