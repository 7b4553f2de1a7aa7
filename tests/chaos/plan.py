"""What will be done to whom, and when: all of it follows from the seed.

Not determined is what the machine makes of it: which act comes before which, and so what an act
meets; on which lines a cut falls; how long a server takes to be back.
"""

import random
from dataclasses import dataclass
from enum import StrEnum

_BUSY = 0.8
_LONGEST_PAUSE = 3.0


class Fault(StrEnum):
    KILL_HOST = "kills a host with all its processes"
    KILL_PROCESS = "kills one server process of several"
    RESTART_HOST = "restarts a host, as for a new version"
    KILL_WORKER = "kills the worker"
    KILL_REDIS = "kills Redis"
    FREEZE_REDIS = "lets Redis answer nobody"
    RESTART_POSTGRES = "restarts PostgreSQL"
    CRASH_POSTGRES = "crashes PostgreSQL"
    END_CONNECTIONS = "ends all connections of PostgreSQL"
    CUT_LINES = "cuts lines"
    SWALLOW_LINES = "lets lines vanish without a word"
    DELAY_LINES = "makes lines slow"
    CHANGE_PAGES = "lets pages leave and others come"


@dataclass(frozen=True)
class Planned:
    """A fault at a second of the run; `lasts` seconds where it lasts, `pick` chooses whom."""

    at: float
    fault: Fault
    lasts: float
    pick: random.Random


def faults(seed: int, seconds: float) -> list[Planned]:
    """Every fault in turn, in a new order each time, none in the last fifth of the run:
    what was thrown over comes up again while people work."""
    chance = random.Random(f"faults {seed}")
    pause = min(_LONGEST_PAUSE, _BUSY * seconds / len(Fault))
    turn: list[Fault] = []
    planned: list[Planned] = []
    for number in range(1, int(_BUSY * seconds / pause) + 1):
        turn = turn or chance.sample(list(Fault), len(Fault))
        at = pause * (number + chance.uniform(-0.3, 0.3))
        pick = random.Random(f"fault {seed} {number}")
        planned.append(Planned(at, turn.pop(), chance.uniform(0.3, 1.5), pick))
    return planned
