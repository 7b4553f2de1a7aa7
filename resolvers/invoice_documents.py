"""An invoice as a document: what it says is read in one snapshot, then set in type."""

from dataclasses import dataclass
from uuid import UUID

from models.errors import NotFound
from models.invoices import Invoice
from models.invoices.document import TEMPLATE, facts_of
from models.permissions import Permission
from models.rendering import Renderer
from models.unit_of_work import reading
from models.viewer import Viewer
from models.visibility import visible


@dataclass(frozen=True)
class Document:
    """A file as it goes out."""

    name: str
    content: bytes


async def invoice_pdf(viewer: Viewer, id: UUID, renderer: Renderer) -> Document:
    """The invoice as PDF, for members who may read billing and for its client's contacts.

    Raises Forbidden, or NotFound for one that the viewer may not see: contacts see no draft.
    """
    if viewer.contact_id is None:
        viewer.must(Permission.READ_BILLING)
    async with reading(viewer) as unit:
        seen = f"select from invoice t where t.id = $1 and {visible(Invoice, viewer)}"
        if await unit.fetchrow(seen, id) is None:
            raise NotFound(Invoice.thing)
        # Its paper is the firm's: it says more of the firm than its contacts can ask for.
        async with unit.for_the_firm():
            invoice = await Invoice.load(id, lock=False)
            facts = await facts_of(invoice)
    # Type is set after the connection was given back.
    content = await renderer.pdf(TEMPLATE, facts)
    name = "draft" if invoice.number is None else str(invoice.number)
    return Document(f"invoice-{name}.pdf", content)
