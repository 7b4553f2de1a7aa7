"""Lists of steps, of a job or of a template: each has a title and waits for earlier ones alone."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from models.dependency_kinds import DependencyKind, must_be_a_lag
from models.errors import ValidationError, inside

MOST_STEPS = 250
_LONGEST_TITLE = 200
_LONGEST_NOTES = 20_000
_MOST_HOURS = 10_000


def checked(step_list: Sequence[Mapping[str, Any]], of: str) -> list[dict[str, Any]]:
    """The steps, each with the numbers (from 1) of those it waits for, said once, and how.

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
    facts = dict(step)
    return {**_waits(facts, number), **facts}


def _waits(step: dict[str, Any], number: int) -> dict[str, list[Any]]:
    """What the step waits for, how and how long: three lists in the same order."""
    plain = (DependencyKind.FINISH_TO_START, 0)
    found = dict.fromkeys(step.pop("depends_on", None) or (), plain)
    _must_be_before(found, number, "dependsOn")
    for place, one in enumerate(step.pop("dependencies", None) or ()):
        with inside("dependencies", str(place)):
            _must_be_before([one["step"]], number, "step")
            must_be_a_lag(one.get("lag_days") or 0)
            way = (DependencyKind(one.get("kind") or plain[0]), one.get("lag_days") or 0)
            if found.setdefault(one["step"], way) != way:
                raise ValidationError(f"Step {number} waits for step {one['step']} in two ways.",
                                      path=("step",))  # fmt: skip
    return {
        "depends_on": list(found), "depends_kinds": [kind for kind, _ in found.values()],
        "depends_lags": [lag for _, lag in found.values()],
    }  # fmt: skip


def _must_be_before(others: Iterable[int], number: int, path: str) -> None:
    if any(not 1 <= other < number for other in others):
        raise ValidationError(f"Step {number} depends on a step that is not before it.",
                              path=(path,))  # fmt: skip


def ways(on: Sequence[int], kinds: Sequence[str], lags: Sequence[int]) -> list[dict[str, Any]]:
    """What a step waits for: the number of each other step, how, and how long.

    Without kinds, as they were kept at first, it waits for all of them to be finished.
    """
    kinds = kinds or [DependencyKind.FINISH_TO_START] * len(on)
    return [{"step": other, "kind": DependencyKind(kind), "lag_days": lag}
            for other, kind, lag in zip(on, kinds, lags or [0] * len(on), strict=True)]  # fmt: skip
