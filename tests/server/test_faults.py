"""Faults of ours: masked outside, whole in the log, and never the end of the server."""

import asyncio
from typing import Any

import pytest
from graphql import ExecutionResult

from server.limits import Bounds
from tests.server.practice import SECRET, Practice
from tests.server.test_http import code_of
from tests.server.wire import ANNA_TOKEN, wire

MASK = "Something went wrong on our side."


@pytest.mark.parametrize("field", ["fault", "nullableFault"])
async def test_a_fault_in_a_field_is_masked_and_its_trace_is_in_the_log_alone(
    field: str, logged: list[Any]
) -> None:
    async with wire().client() as client:
        response = await client.post("/graphql", json={"query": f"{{ greeting {field} }}"})

    [error] = response.json()["errors"]
    assert response.status_code == 200
    assert error["message"] == MASK
    assert error["path"] == [field]
    assert error["extensions"]["code"] == "INTERNAL"
    assert error["extensions"]["requestId"] == response.headers["x-request-id"]
    assert SECRET not in response.text
    [entry] = [entry for entry in logged if entry["event"] == "fault"]
    assert entry["request_id"] == response.headers["x-request-id"]
    assert SECRET in str(entry["exc_info"])
    assert entry["exc_info"].__traceback__ is not None


async def test_a_value_of_ours_that_does_not_fit_is_our_fault_and_masked() -> None:
    async with wire().client() as client:
        response = await client.post("/graphql", json={"query": "{ tooWide }"})

    assert code_of(response) == "INTERNAL"
    assert "2147483648" not in response.text


async def test_a_scalar_that_fails_on_what_was_sent_says_nothing_in_pythons_words() -> None:
    async with wire().client() as client:
        literal = await client.post("/graphql", json={"query": "{ clumsy(value: 5) }"})
        variable = await client.post(
            "/graphql",
            json={"query": "query($v: Clumsy!) { clumsy(value: $v) }", "variables": {"v": 5}},
        )

    for response in (literal, variable):
        assert code_of(response) == "BAD_INPUT"
        assert "len()" not in response.text
    assert "$v" in variable.json()["errors"][0]["message"]


async def test_an_overload_says_that_nothing_was_changed_and_may_be_tried_again() -> None:
    async with wire().client() as client:
        response = await client.post("/graphql", json={"query": "{ overloaded }"})

    [error] = response.json()["errors"]
    assert error["extensions"]["code"] == "OVERLOADED"
    assert error["extensions"]["retryable"] is True


class Wreck(Practice):
    """Nothing of it works."""

    async def execute(self, *_: Any, **__: Any) -> ExecutionResult:
        raise RuntimeError(SECRET)


async def test_a_fault_around_the_whole_operation_is_masked_too(logged: list[Any]) -> None:
    async with wire(execute=Wreck().execute).client() as client:
        response = await client.post("/graphql", json={"query": "{ greeting }"})

    assert code_of(response) == "INTERNAL"
    assert response.json()["data"] is None
    assert SECRET not in response.text
    assert SECRET in str(logged)


class Impatient(Practice):
    """Waits for what somebody else has given up."""

    async def execute(self, *_: Any, **__: Any) -> ExecutionResult:
        answer = asyncio.get_running_loop().create_future()
        answer.cancel()
        return await answer  # type: ignore[no-any-return]


async def test_what_ended_within_an_operation_does_not_end_its_answer() -> None:
    async with wire(execute=Impatient().execute).client() as client:
        answer = await client.post("/graphql", json={"query": "{ greeting }"})
    assert answer.status_code == 200
    assert answer.json()["errors"][0]["extensions"]["code"] == "INTERNAL"


async def test_a_fault_before_the_operation_is_a_masked_500_with_its_request_id() -> None:
    wired = wire()
    wired.practice.broken = RuntimeError(SECRET)
    async with wired.client(authorization=f"Bearer {ANNA_TOKEN}") as client:
        response = await client.post("/graphql", json={"query": "{ greeting }"})

    assert (response.status_code, code_of(response)) == (500, "INTERNAL")
    assert response.json()["errors"][0]["message"] == MASK
    assert response.json()["errors"][0]["extensions"]["requestId"]
    assert SECRET not in response.text


async def test_data_that_json_cannot_carry_is_a_masked_fault() -> None:
    async def unspeakable(document: Any, **_: Any) -> ExecutionResult:
        return ExecutionResult({"greeting": object()})

    async with wire(execute=unspeakable).client() as client:
        response = await client.post("/graphql", json={"query": "{ greeting }"})

    assert code_of(response) == "INTERNAL"


async def test_an_operation_past_its_deadline_is_stopped_and_says_so() -> None:
    async with wire(bounds=Bounds(deadline_seconds=0.1)).client() as client:
        response = await asyncio.wait_for(client.post("/graphql", json={"query": "{ endless }"}), 5)
        alive = await client.post("/graphql", json={"query": "{ greeting }"})

    assert code_of(response) == "DEADLINE_EXCEEDED"
    assert "0.1 s" in response.json()["errors"][0]["message"]
    assert alive.json()["data"] == {"greeting": "Hello you"}
