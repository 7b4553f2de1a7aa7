"""Lists of steps, of a job or of a template: each has a title and waits for earlier ones alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from models.errors import ValidationError, inside

MOST_STEPS = 250
_LONGEST_TITLE = 200
_LONGEST_NOTES = 20_000
_MOST_HOURS = 10_000


def checked(step_list: Sequence[Mapping[str, Any]], of: str) -> list[dict[str, Any]]:
    """The steps, each with the numbers (from 1) of those it waits for, said once.

    Raises ValidationError, whose path tells the step's place in the list.
    """
    if len(step_list) > MOST_STEPS:
        raise ValidationError(f"A {of} has at most {MOST_STEPS} steps.", path=("steps",))
    found = []
    for place, step in enumerate(step_list):
        with inside("steps", str(place)):
            found.append(_checked(step, place + 1))
    return found


def _checked(step: Mapping[str, Any], number: int) -> dict[str, Any]:
    if not step["title"].strip():
        raise ValidationError("The title says nothing.", path=("title",))
    if len(step["title"]) > _LONGEST_TITLE:
        raise ValidationError(f"A title has at most {_LONGEST_TITLE} characters.", path=("title",))
    if len(step.get("notes") or "") > _LONGEST_NOTES:
        raise ValidationError(f"Notes have at most {_LONGEST_NOTES:,} characters.",
                              path=("notes",))  # fmt: skip
    if not 0 <= (step.get("estimate_seconds") or 0) <= _MOST_HOURS * 3600:
        raise ValidationError(f"A step takes 0 to {_MOST_HOURS:,} hours.",
                              path=("estimateSeconds",))  # fmt: skip
    waits_for = list(dict.fromkeys(step.get("depends_on") or ()))
    if any(not 1 <= other < number for other in waits_for):
        raise ValidationError(f"Step {number} depends on a step that is not before it.",
                              path=("dependsOn",))  # fmt: skip
    return {**step, "depends_on": waits_for}
