"""A short run of `make chaos`: everything that can fail does, once."""

import asyncio
import json
import sys

import pytest

from server.settings import CHECKOUT
from tests.chaos.plan import Fault, faults

SECONDS, SEED = 8, 9


def test_a_seed_is_a_plan_and_a_short_run_has_every_fault() -> None:
    plan = faults(SEED, SECONDS)

    assert {planned.fault for planned in plan} == set(Fault)
    assert [(one.at, one.fault, one.lasts, one.pick.random()) for one in plan] == [
        (one.at, one.fault, one.lasts, one.pick.random()) for one in faults(SEED, SECONDS)
    ]
    assert [one.fault for one in plan] != [one.fault for one in faults(SEED + 1, SECONDS)]
    assert max(one.at for one in plan) < SECONDS


@pytest.mark.redis
@pytest.mark.timeout(240)
async def test_whatever_fails_nothing_is_lost_and_everybody_gets_level() -> None:
    run = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.chaos", "--seconds", str(SECONDS), "--seed", str(SEED),
        cwd=CHECKOUT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, told = await run.communicate()

    assert run.returncode == 0, told.decode()
    counts = json.loads(out.decode().splitlines()[-1])
    wrong = {"lost", "duplicated", "disordered", "behind", "leaked"}
    assert {name: counts.pop(name) for name in wrong} == dict.fromkeys(wrong, 0)
    assert counts["deliveries"] > counts["events"] > 0
