"""Tasks, followed: on a task board, in a job, alone."""

from models.tasks import Task
from subscriptions.touched import Concern

TASKS = Concern(
    model=Task,
    entities=frozenset({"task", "dependency", "comment", "timer", "time_entry"}),
    names=("task_id", "blocked_id", "blocker_id"),
    # What waits for a task shows whether it still has to.
    related="""
        select blocker_id as row_id, blocked_id as id from dependency where blocker_id = any($1)
        union all select id, task_id from comment where id = any($1) and task_id is not null
        union all select id, task_id from timer where id = any($1) and task_id is not null
        union all select id, task_id from time_entry where id = any($1) and task_id is not null
    """,
)
