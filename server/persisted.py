"""The documents known beforehand, by the SHA-256 of their text."""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import orjson

from server.errors import Code, Refusal, coded, refusal


class Persisted:
    """Documents that may be asked for by id: those of the pages and of published manifests."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._texts = {_sha256(text): text for text in texts}

    @classmethod
    def folder(cls, folder: Path) -> "Persisted":
        """What lies in a folder: `*.graphql` files, and Apollo manifests as `*.json`."""
        texts = [file.read_text() for file in sorted(folder.glob("*.graphql"))]
        for manifest in sorted(folder.glob("*.json")):
            texts += [item["body"] for item in orjson.loads(manifest.read_bytes())["operations"]]
        return cls(texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __contains__(self, text: str) -> bool:
        """Whether this text is known, however it was sent."""
        return _sha256(text) in self._texts

    def text(self, document_id: str) -> str:
        """The document of this id, with or without `sha256:`. Raises Refusal if unknown."""
        text = self._texts.get(document_id.removeprefix("sha256:").lower())
        if text is None:
            # Apollo's clients look for this very message.
            error = coded("PersistedQueryNotFound", Code.DOCUMENT_NOT_FOUND)
            raise Refusal(400, [error], well_formed=True)
        return text


def is_sha256_of(asked: str, text: str) -> bool:
    """Whether `asked` names this text."""
    return asked.removeprefix("sha256:").lower() == _sha256(text)


def document_id(body: Mapping[str, Any], extensions: Mapping[str, Any]) -> str | None:
    """The id a request names: `documentId`, or Apollo's `extensions.persistedQuery`."""
    asked = body.get("documentId")
    if asked is None and "persistedQuery" in extensions:
        persisted = extensions["persistedQuery"]
        if not isinstance(persisted, Mapping) or persisted.get("version") != 1:
            raise refusal(
                400, Code.BAD_REQUEST, "`extensions.persistedQuery` must be an object of version 1."
            )
        asked = persisted.get("sha256Hash", 0)
    if asked is not None and not isinstance(asked, str):
        raise refusal(400, Code.BAD_REQUEST, "A document's id must be a string.")
    return asked


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
