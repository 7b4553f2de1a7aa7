"""How tasks wait, through the contract: from a template's steps to who let one not wait."""

from typing import Any

from models.clients import firm_today
from models.jobs import Job
from models.unit_of_work import unit_of_work
from models.working_days import add_business_days
from schema import ids
from tests.cast import one_firm
from tests.server.outside import Outside
from tests.server.talking import hear, subscribe

DESIGN = """mutation ($input: CreateTemplateInput!) { createTemplate(input: $input) {
  template { id lastVersion { steps { number dependsOn dependencies { step kind lagDays } } } }
  errors { code path message } } }"""
PUBLISH = """mutation ($id: ID!) { publishTemplate(input: {id: $id}) { errors { code } } }"""
PLAN = """query ($plan: TemplatePlan!) { plannedJob(plan: $plan) {
  steps { title dependsOn dependencies { step kind lagDays } } } }"""
APPLY = """mutation ($input: ApplyTemplateInput!) { applyTemplate(input: $input) { job { tasks {
  id title status blocked readyOn dependencies { kind lagDays freeOn holds blocker { title } }
  dependents { blocked { title } } } } errors { code message } } }"""
WAIT = """mutation ($input: AddDependencyInput!) { addDependency(input: $input) {
  dependency { version kind lagDays holds } blocked { blocked } errors { code path message } } }"""
MOVE = """mutation ($input: MoveTaskInput!) { moveTask(input: $input) {
  task { startedAt dependencies { overriddenBy { name } overrideReason overriddenAt } }
  errors { code path message } } }"""
FOLLOW = """subscription { taskChanges(filter: {scope: EVERYTHING, due: ANY}) {
  ... on TaskChanges { changes { task { title dependencies { kind } } } } } }"""
AHEAD = """query ($id: ID!) { job(id: $id) { expectedFinish criticalPath { title }
  tasks { title expectedStart expectedFinish slackDays
    makesLate { task { title } job { title } dueDate expectedFinish } } } }"""
STEPS: list[dict[str, Any]] = [
    {"title": "Gather"},
    {"title": "Post", "dependencies": [{"step": 1, "kind": "START_TO_START", "lagDays": 2}]},
    {"title": "Check", "dependsOn": [1], "dependencies": [{"step": 2, "kind": "FINISH_TO_FINISH"}]},
]


async def test_the_steps_of_a_template_wait_as_its_jobs_tasks_do(outside: Outside) -> None:
    house = await one_firm()
    service, client = (ids.written(*pair) for pair in (
        ("service", house.bookkeeping), ("client", house.bakery)
    ))  # fmt: skip
    made = await outside.ask(house.cleo, DESIGN, input={
        "serviceId": service, "name": "Kinds", "steps": STEPS,
    })  # fmt: skip
    template = made["createTemplate"]["template"]
    ways = [
        {"step": 1, "kind": "FINISH_TO_START", "lagDays": 0},
        {"step": 2, "kind": "FINISH_TO_FINISH", "lagDays": 0},
    ]
    assert template["lastVersion"]["steps"][2] == {
        "number": 3, "dependsOn": [1, 2], "dependencies": ways,
    }  # fmt: skip
    await outside.ask(house.cleo, PUBLISH, id=template["id"])
    plan = {"templateId": template["id"], "clientId": client}
    planned = await outside.ask(house.dan, PLAN, plan=plan)
    assert planned["plannedJob"]["steps"][2]["dependencies"] == ways
    assert planned["plannedJob"]["steps"][2]["dependsOn"] == [1, 2]

    applied = await outside.ask(house.dan, APPLY, input=plan)
    gather, post, check = applied["applyTemplate"]["job"]["tasks"]
    assert (gather["status"], gather["blocked"]) == ("READY", False)
    assert [one["blocked"]["title"] for one in gather["dependents"]] == ["Post", "Check"]
    assert (post["status"], post["blocked"], post["readyOn"]) == ("PLANNED", True, None)
    assert post["dependencies"] == [{
        "kind": "START_TO_START", "lagDays": 2, "freeOn": None, "holds": True,
        "blocker": {"title": "Gather"},
    }]  # fmt: skip
    assert {one["kind"] for one in check["dependencies"]} == {"FINISH_TO_START", "FINISH_TO_FINISH"}


async def test_a_step_that_waits_in_two_ways_is_pointed_at(outside: Outside) -> None:
    house = await one_firm()
    steps = [{"title": "One"}, {"title": "Two", "dependencies": [
        {"step": 1}, {"step": 1, "lagDays": 2},
    ]}]  # fmt: skip
    made = await outside.ask(house.cleo, DESIGN, input={
        "serviceId": ids.written("service", house.bookkeeping), "name": "Kinds", "steps": steps,
    })  # fmt: skip
    assert made["createTemplate"]["errors"] == [{
        "code": "INVALID", "path": ["input", "steps", "1", "dependencies", "1", "step"],
        "message": "Step 2 waits for step 1 in two ways.",
    }]  # fmt: skip


async def test_a_way_of_waiting_that_changes_is_seen_by_who_looks_at_the_tasks(
    outside: Outside,
) -> None:
    house = await one_firm()
    pair = {
        "blockedId": ids.written("task", house.ring),
        "blockerId": ids.written("task", house.tidy),
    }
    await outside.ask(house.dan, WAIT, input=pair)
    async with outside.socket(house.eve) as socket:
        await subscribe(socket, "1", FOLLOW)
        await hear(socket)  # the stream has begun
        changed = await outside.ask(house.dan, WAIT, input={**pair, "kind": "FINISH_TO_FINISH"})
        assert changed["addDependency"] == {
            "dependency": {"version": 2, "kind": "FINISH_TO_FINISH", "lagDays": 0, "holds": True},
            "blocked": {"blocked": False}, "errors": [],
        }  # fmt: skip
        told = await hear(socket)
    tasks = {
        one["task"]["title"]: one["task"]
        for one in told["payload"]["data"]["taskChanges"]["changes"]
    }
    assert tasks["Ring"]["dependencies"] == [{"kind": "FINISH_TO_FINISH"}]
    assert "Tidy" in tasks


async def test_who_let_a_task_not_wait_is_read_where_it_waits(outside: Outside) -> None:
    house = await one_firm()
    begin = {"id": ids.written("task", house.post), "status": "IN_PROGRESS"}
    refused = await outside.ask(house.cleo, MOVE, input=begin)
    assert refused["moveTask"]["errors"] == [
        {"code": "BLOCKED", "path": ["input", "status"], "message": "It waits for “Gather”."}
    ]
    await outside.ask(house.cleo, MOVE, input={**begin, "overrideReason": "The bank is down."})
    begun = await outside.ask(house.dan, MOVE, input={"id": begin["id"]})
    task = begun["moveTask"]["task"]
    (link,) = task["dependencies"]
    assert (link["overriddenBy"], link["overrideReason"]) == ({"name": "Cleo"}, "The bank is down.")
    assert link["overriddenAt"] <= task["startedAt"]


async def test_a_job_tells_when_it_can_be_done_and_what_must_not_slip(outside: Outside) -> None:
    house = await one_firm()
    async with unit_of_work(house.dan):
        first = add_business_days(await firm_today(), 0)
        await (await Job.load(house.books)).change({"due_date": first}, None)
    third = add_business_days(first, 2).isoformat()
    found = await outside.ask(house.dan, AHEAD, id=ids.written("job", house.books))
    job = found["job"]
    assert job["expectedFinish"] == third
    assert [step["title"] for step in job["criticalPath"]] == ["Gather", "Post", "Reconcile"]
    assert [step["slackDays"] for step in job["tasks"]] == [0, 0, 0]
    assert job["tasks"][0]["expectedStart"] == first.isoformat()
    assert job["tasks"][0]["makesLate"] == [{
        "task": None, "job": {"title": "Books"}, "dueDate": first.isoformat(),
        "expectedFinish": third,
    }]  # fmt: skip
