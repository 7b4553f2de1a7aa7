"""Tasks, followed: on a task board, in a job, alone."""

from collections.abc import AsyncGenerator

from models.tasks import Task
from models.viewer import Viewer
from subscriptions.cursors import StreamCursor
from subscriptions.feed import Feeds
from subscriptions.items import Batch, Heartbeat, Resync
from subscriptions.touched import Concern, Matches, Touched, follow_touched

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


def follow_tasks(
    feeds: Feeds, viewer: Viewer, since: StreamCursor | None, matches: Matches | None = None
) -> AsyncGenerator[Batch[Touched] | Heartbeat | Resync, None]:
    """The tasks that change after `since`; those that do not match are taken away."""
    return follow_touched(feeds, viewer, since, TASKS, matches=matches)
