"""The papers that a demo firm has shared with its contact: sent and examined as anybody's are."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from models.documents import Document
from models.documents.examination import arrived, examine
from resolvers import documents

if TYPE_CHECKING:
    from resolvers.demo.stage import Stage

Send = Callable[[Mapping[str, Any], bytes], Awaitable[None]]
"""Sends a file by the form that it is given, as a person's device does."""


def note(stage: "Stage", send: Send) -> None:
    """The firm's owner shares each on its day."""
    for days, name, heading in stage.plan.portal.papers:
        paper = written(heading, stage.plan.name)
        stage.will(stage.days_ago(days), 10, stage.owner, partial(_share, stage, name, paper, send))


async def _share(stage: "Stage", name: str, paper: bytes, send: Send) -> None:
    document = await Document.announce(
        client_id=stage.clients[stage.plan.portal.client].id, shared=True, name=name,
        size=len(paper), media_type="application/pdf", sha256=hashlib.sha256(paper).hexdigest(),
    )  # fmt: skip
    upload = await documents.with_form(document)
    await send(upload["form"], paper)
    verdict = await examine(await document.receive(), await arrived(document))
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
