"""A worker alone, which others soon miss: what a test kills. Not a test."""

import asyncio
import os
import sys
from datetime import timedelta

import uvloop

from models.database import Database, install
from server.work_queue import PgQueue
from server.worker import Worker, working

SILENCE = timedelta(seconds=1)


async def main() -> None:
    url = os.environ["DATABASE_URL"]
    await install(await Database.open(url, queue=PgQueue()))
    queue = await Database.open(url, role="openpractice_queue", size=3)
    async with working(Worker(queue, silence=SILENCE)):
        sys.stdout.write("at work\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(main())
