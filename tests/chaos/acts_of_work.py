"""What members do all day: tasks, jobs, comments, time."""

import random
from typing import Any

from tests.chaos.acts import WORDS, Act, acts
from tests.chaos.stage import PEOPLE, Stage

_STATUSES = ("READY", "IN_PROGRESS", "WAITING_ON_CLIENT", "ON_HOLD", "DONE", "PLANNED")
_DAYS = ("2026-01-05", "2026-12-01", "2027-02-03", None)

acts.of_one(6, "updateTask", "task", title=WORDS, dueDate=_DAYS)
acts.of_one(2, "updateTask", "task", estimateSeconds=(60, 3600, None))
acts.of_one(3, "completeTask", "task")
acts.of_one(3, "reopenTask", "task")
acts.of_one(3, "deleteTask", "task", ends=True)
acts.of_one(2, "updateComment", "comment", body=WORDS)
acts.of_one(3, "deleteComment", "comment", ends=True)
acts.of_one(1, "updateTimeEntry", "entry", note=WORDS)
acts.of_one(1, "deleteTimeEntry", "entry", ends=True)
acts.of_one(3, "updateJob", "job", title=WORDS, dueDate=_DAYS)
acts.of_one(2, "startWaiting", "job", key="jobId", whom=("CLIENT", "OTHER"), what=WORDS)
acts.of_one(2, "endWaiting", "job", key="jobId")
acts.of_one(1, "remindWaiting", "job", key="jobId")
acts.of_one(1, "signOffReview", "job", key="jobId", note=WORDS)
acts.of_one(1, "returnReview", "job", key="jobId", note=WORDS)


@acts.add(10)
def move_a_task(stage: Stage, chance: random.Random) -> Act | None:
    return _moved("moveTask", "task", stage, chance, status=chance.choice(_STATUSES))


@acts.add(5)
def move_a_job(stage: Stage, chance: random.Random) -> Act | None:
    return _moved("moveJob", "job", stage, chance, category=chance.choice(_STATUSES), what="Papers")


def _moved(name: str, kind: str, stage: Stage, chance: random.Random, **said: Any) -> Act | None:
    """Into another column, half of them behind a card that may be there."""
    id, after = stage.one(kind, chance), stage.one(kind, chance)
    beside = {"afterId": after} if after != id and chance.random() < 0.5 else {}
    return None if id is None else Act(name, {"id": id, **said, **beside})


@acts.add(3)
def assign_a_task(stage: Stage, chance: random.Random) -> Act | None:
    task = {"id": stage.one("task", chance)}
    return Act("assignTask", {**task, "assigneeId": _somebody(stage, chance)})


@acts.add(2)
def assign_a_job(stage: Stage, chance: random.Random) -> Act | None:
    job = {"id": stage.one("job", chance)}
    return Act("assignJob", {**job, "ownerId": _somebody(stage, chance)})


@acts.add(1)
def request_a_review(stage: Stage, chance: random.Random) -> Act | None:
    job = {"jobId": stage.one("job", chance)}
    return Act("requestReview", {**job, "reviewerId": _somebody(stage, chance)})


@acts.add(5)
def create_a_task(stage: Stage, chance: random.Random) -> Act | None:
    where = {"jobId": stage.one("job", chance)}
    if chance.random() < 0.3:
        where = {"clientId": chance.choice([None, stage.one("client", chance)])}
    said = {"title": chance.choice(WORDS), "dueDate": chance.choice(_DAYS), **where}
    return Act("createTask", said, "task", "made: task { id }")


@acts.add(0.7)
def create_a_job(stage: Stage, chance: random.Random) -> Act | None:
    said = {"title": chance.choice(WORDS), "clientId": stage.one("client", chance)}
    return Act("createJob", said, "job", "made: job { id }")


@acts.add(3)
def let_a_task_wait_or_not(stage: Stage, chance: random.Random) -> Act | None:
    blocked, blocker = stage.one("task", chance), stage.one("task", chance)
    verb = chance.choice(["addDependency", "addDependency", "removeDependency"])
    return Act(verb, {"blockedId": blocked, "blockerId": blocker}) if blocked and blocker else None


@acts.add(3)
def start_a_timer(stage: Stage, chance: random.Random) -> Act | None:
    said = {"jobId": stage.one("job", chance), "note": chance.choice(WORDS)}
    return Act("startTimer", said)


@acts.add(2)
def end_a_timer(stage: Stage, chance: random.Random) -> Act | None:
    return Act(chance.choice(["stopTimer", "discardTimer"]), {})


@acts.add(2)
def log_time(stage: Stage, chance: random.Random) -> Act | None:
    said = {"jobId": stage.one("job", chance), "seconds": chance.randrange(60, 7200)}
    return Act("logTime", said, "entry", "made: timeEntry { id }")


def _somebody(stage: Stage, chance: random.Random) -> str:
    return stage.member(chance.choice(PEOPLE))
