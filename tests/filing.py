"""Files for the tests, and the way of each to the store, as a browser goes it."""

import hashlib
from dataclasses import dataclass, replace
from typing import Any

import httpx

PDF = b"%PDF-1.7\n" + b"The deeds of the bakery.\n" * 40


@dataclass(frozen=True)
class File:
    """A file on somebody's device."""

    content: bytes = PDF
    name: str = "Deeds of the bakery.pdf"
    media_type: str = "application/pdf"

    @property
    def said(self) -> dict[str, Any]:
        """What is announced of it."""
        return {
            "name": self.name, "size": len(self.content), "media_type": self.media_type,
            "sha256": hashlib.sha256(self.content).hexdigest(),
        }  # fmt: skip

    @property
    def told(self) -> dict[str, Any]:
        """The same over GraphQL."""
        said = self.said
        return {
            "name": said["name"], "size": said["size"], "mediaType": said["media_type"],
            "sha256": said["sha256"],
        }  # fmt: skip

    def with_(self, **changes: Any) -> "File":
        return replace(self, **changes)


async def post(form: dict[str, Any], content: bytes, **instead: str | None) -> httpx.Response:
    """Send it by the form; `instead` exchanges some of the fields, None leaves one out."""
    fields = {**form["fields"], **{name.replace("_", "-"): v for name, v in instead.items()}}
    kept = {name: value for name, value in fields.items() if value is not None}
    async with httpx.AsyncClient() as client:
        return await client.post(form["url"], data=kept, files={"file": content})


async def fetch(url: str) -> httpx.Response:
    async with httpx.AsyncClient() as client:
        return await client.get(url)
