"""The papers that a demo firm has shared with its contact: sent and examined as anybody's are."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from models.documents import Document
from models.unit_of_work import unit_of_work
from resolvers import documents

if TYPE_CHECKING:
    from resolvers.demo.stage import Stage

Send = Callable[[Mapping[str, Any], bytes], Awaitable[None]]
"""Sends a file by the form that it is given, as a person's device does."""


async def share(stage: "Stage", send: Send) -> None:
    """Let the firm's owner share them. It is the last thing told, for files are sent now."""
    owner, client = stage.viewer(stage.owner), stage.clients[stage.plan.portal.client]
    for name, heading in stage.plan.portal.papers:
        paper = written(heading, stage.plan.name)
        async with unit_of_work(owner):
            document = await Document.announce(
                client_id=client.id, shared=True, name=name, size=len(paper),
                media_type="application/pdf", sha256=hashlib.sha256(paper).hexdigest(),
            )  # fmt: skip
            upload = await documents.with_form(document)
        await send(upload["form"], paper)
        verdict = await documents.examined(owner, id=document.id)
        async with unit_of_work(owner):
            await documents.complete_upload(id=document.id, ahead=verdict)


def written(heading: str, below: str) -> bytes:
    """A page of PDF 1.4 with these two lines on it (ISO 32000-1, 7.5)."""
    words = (f"BT /F 22 Tf 72 740 Td ({_literal(heading)}) Tj"
             f" /F 12 Tf 0 -28 Td ({_literal(below)}) Tj ET").encode("cp1252")  # fmt: skip
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Font << /F 5 0 R >> >>",
    )
    page, places = bytearray(b"%PDF-1.4\n"), []
    for number, each in enumerate(objects, start=1):
        places.append(len(page))
        page += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(page) + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table, len(objects) + 1, len(page))
    )


def _literal(words: str) -> str:
    return words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
