"""A benchmark as people run it: a process, and what it says."""

import asyncio
import json
import sys
from asyncio.subprocess import PIPE, Process
from typing import Any

from server.settings import CHECKOUT


async def begun(module: str, *arguments: str) -> Process:
    """The benchmark of that module, on its way."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, cwd=CHECKOUT, stdout=PIPE, stderr=PIPE
    )


async def figures_of(module: str, *arguments: str, within: int = 60) -> Any:
    """Its one line of figures, when it has ended well."""
    process = await begun(module, *arguments)
    said, beside = await asyncio.wait_for(process.communicate(), within)
    assert process.returncode == 0, beside.decode()
    assert said.count(b"\n") == 1
    return json.loads(said)
