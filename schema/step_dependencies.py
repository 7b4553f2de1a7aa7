"""How the steps of a list wait for one another, by their numbers."""

from typing import Any

import strawberry

from models.dependency_kinds import DependencyKind
from models.step_lists import ways
from schema.enums import described
from schema.fields import computed, field
from schema.inputs import given_field, input_type

described(
    DependencyKind, "How one piece of work waits for another.",
    FINISH_TO_START="It is not begun before the other is done.",
    START_TO_START="It is not begun before the other is begun.",
    FINISH_TO_FINISH="It is not finished before the other is done.",
)  # fmt: skip


@strawberry.type(description="How a step waits for an earlier one.")
class StepDependency:
    step: int = field("The number of the step it waits for.")
    kind: DependencyKind = field("In which way.")
    lag_days: int = field("For how many business days longer.")


@input_type("How a step waits for an earlier one.")
class NewStepDependency:
    step: int = given_field("The number, from 1, of the step it waits for.", optional=False)
    kind: DependencyKind = given_field("In which way; for it to be done, unless said.")
    lag_days: int = given_field("For how many business days longer, 0 to 250.")


def _of_row(row: Any) -> list[dict[str, Any]]:
    return ways(*(row[f"depends_{name}"] for name in ("on", "kinds", "lags")))


def dependencies_of_step() -> Any:
    """What a template's step waits for, made of its own columns."""
    columns = ("depends_on", "depends_kinds", "depends_lags")
    return computed("What it waits for, how and how long.", _of_row, of=columns)
