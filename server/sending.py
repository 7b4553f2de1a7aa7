"""Sending a file to the store by a signed form, as a person's device does: the demo's papers."""

from collections.abc import Mapping
from typing import Any


async def send(form: Mapping[str, Any], content: bytes) -> None:
    """POST it as multipart form data. Raises aiohttp.ClientError where the store refuses it."""
    import aiohttp  # which takes its time, and the command line needs it for this alone

    body = aiohttp.FormData(dict(form["fields"]))
    body.add_field("file", content, filename="file")
    async with (
        aiohttp.ClientSession(raise_for_status=True) as session,
        session.post(form["url"], data=body),
    ):
        pass
