"""Writing the list of steps of a draft: numbered from 1, each waiting for earlier ones alone."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from models.errors import ValidationError
from models.events import EventKind
from models.working_days import must_be_near

if TYPE_CHECKING:
    from models.templates import TemplateVersion

MOST_STEPS = 250


class Anchor(StrEnum):
    """The job's date that a step's due date is counted from."""

    START = "start"
    DUE = "due"
    PERIOD_END = "period_end"


async def write(draft: "TemplateVersion", step_list: Sequence[Mapping[str, Any]]) -> None:
    """Give an empty draft its steps. A step's `due` is an anchor, a count and a unit, or absent."""
    from models.templates import TemplateStep

    if len(step_list) > MOST_STEPS:
        raise ValidationError(f"A template has at most {MOST_STEPS} steps.", path=("steps",))
    await TemplateStep.record_all(EventKind.TEMPLATE_STEP_ADDED, [
        {"template_version_id": draft.id, "number": number, **_facts(step, number)}
        for number, step in enumerate(step_list, start=1)
    ])  # fmt: skip


async def clear(draft: "TemplateVersion") -> None:
    """Take the steps of a draft away."""
    for step in await draft.steps():
        await step.record_removal(EventKind.TEMPLATE_STEP_REMOVED)


def _facts(step: Mapping[str, Any], number: int) -> dict[str, Any]:
    facts = {"notes": "", **step}
    due = facts.pop("due", None)
    if due is not None:
        must_be_near(due["count"], "steps")
    waits_for = list(dict.fromkeys(facts.pop("depends_on", None) or ()))
    if any(not 1 <= other < number for other in waits_for):
        raise ValidationError(f"Step {number} depends on a step that is not before it.",
                              path=("steps",))  # fmt: skip
    offset = {f"due_{name}": value for name, value in (due or {}).items()}
    return {**facts, **offset, "depends_on": waits_for}
