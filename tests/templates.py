"""A template of the cast's: how Harbour does bookkeeping for whomever."""

from typing import Any

from models.templates import Template
from tests.cast import House

STEPS: tuple[dict[str, Any], ...] = (
    {"title": "Gather", "role": "preparer", "estimate_seconds": 1800,
     "due": {"anchor": "start", "count": 2, "unit": "business_days"}},
    {"title": "Post", "role": "preparer", "estimate_seconds": 7200, "depends_on": [1],
     "due": {"anchor": "period_end", "count": 1, "unit": "weeks"}},
    {"title": "Check", "role": "reviewer", "depends_on": [1, 2],
     "due": {"anchor": "due", "count": -1, "unit": "business_days"}},
    {"title": "Send", "notes": "By mail.", "depends_on": [3]},
)  # fmt: skip
"""Two for the preparer, one for the reviewer, one for nobody; the last has no date."""


async def bookkeeping_template(house: House, **more: Any) -> Template:
    """A published template, made in the unit of work around."""
    given = {"name": "Monthly books", "owner_role": "partner", **more}
    made = await Template.design(service_id=house.bookkeeping, step_list=STEPS, **given)
    await made.publish()
    return made
