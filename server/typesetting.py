"""Documents set by typst: templates of ours, facts as one JSON input, fonts of its own."""

import asyncio
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import orjson
import typst

FOLDER = Path(__file__).parent / "templates"


class Typst:
    """Sets documents in threads of its own, so many at a time; the others wait for their turn."""

    def __init__(self, at_once: int = 2) -> None:
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="typst")

    async def pdf(self, template: str, facts: Mapping[str, Any]) -> bytes:
        """The document as PDF; the same facts give the same bytes."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, partial(_set, template, facts))

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)


def _set(template: str, facts: Mapping[str, Any]) -> bytes:
    made = typst.compile(
        FOLDER / f"{template}.typ",
        root=FOLDER,
        ignore_system_fonts=True,
        sys_inputs={"facts": orjson.dumps(facts).decode()},
    )
    assert isinstance(made, bytes)
    return made
