"""Is this process alive, and can it answer? For load balancers and `docker compose`."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

log = structlog.get_logger("openpractice.health")

Check = Callable[[], Awaitable[None]]
"""Raises when the part it looks at does not answer."""

_CHECK_SECONDS = 2
_NEVER_STORED = {"cache-control": "no-store"}


def health_routes(checks: Mapping[str, Check]) -> list[Route]:
    """`/health/live` says that the process runs; `/health/ready` asks every named part.

    Answers name the part that fails and never why: that stands in the log.
    """

    async def ready(_request: Request) -> Response:
        answers = await asyncio.gather(*(_answers(*named) for named in checks.items()))
        parts = {
            name: "ok" if well else "failing" for name, well in zip(checks, answers, strict=True)
        }
        status = 200 if all(answers) else 503
        return JSONResponse({"ready": status == 200, **parts}, status, headers=_NEVER_STORED)

    return [Route("/health/live", _live), Route("/health/ready", ready)]


async def _live(_request: Request) -> Response:
    return JSONResponse({"live": True}, headers=_NEVER_STORED)


async def _answers(name: str, check: Check) -> bool:
    try:
        async with asyncio.timeout(_CHECK_SECONDS):
            await check()
    except Exception as error:  # noqa: BLE001 - whatever is wrong, the part does not answer
        log.warning("part_not_ready", part=name, reason=repr(error))
        return False
    return True
