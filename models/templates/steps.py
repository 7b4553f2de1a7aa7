"""Writing the list of steps of a draft: numbered from 1, each waiting for earlier ones alone."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from models.errors import inside
from models.events import EventKind
from models.step_lists import checked
from models.working_days import must_be_near

if TYPE_CHECKING:
    from models.templates import TemplateVersion


class Anchor(StrEnum):
    """The job's date that a step's due date is counted from."""

    START = "start"
    DUE = "due"
    PERIOD_END = "period_end"


async def write(draft: "TemplateVersion", step_list: Sequence[Mapping[str, Any]]) -> None:
    """Give an empty draft its steps. A step's `due` is an anchor, a count and a unit, or absent."""
    from models.templates import TemplateStep

    rows = []
    for place, step in enumerate(checked(step_list, "template")):
        with inside("steps", str(place)):
            facts = _facts(step)
        rows.append({"template_version_id": draft.id, "number": place + 1, **facts})
    await TemplateStep.record_all(EventKind.TEMPLATE_STEP_ADDED, rows)


async def clear(draft: "TemplateVersion") -> None:
    """Take the steps of a draft away."""
    for step in await draft.steps():
        await step.record_removal(EventKind.TEMPLATE_STEP_REMOVED)


def _facts(step: Mapping[str, Any]) -> dict[str, Any]:
    facts = {"notes": "", **step}
    due = facts.pop("due", None) or {}
    if due:
        with inside("due"):
            must_be_near(due["count"], "count")
    return {**facts, **{f"due_{name}": value for name, value in due.items()}}
